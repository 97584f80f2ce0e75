import { TestDatabases } from '@backstage/backend-test-utils';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { deployment, startDora } from './__testUtils__/startDora';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

type Dora = Awaited<ReturnType<typeof startDora>>;

/** Streams lines, and lets the server set the pace. */
async function stream(
  dora: Dora,
  lines: Iterable<string | Buffer>,
  path = '/deployments',
) {
  const answered = Promise.withResolvers<{ status: number; body: any }>();
  const req = httpRequest(
    {
      host: '127.0.0.1',
      port: dora.server.port(),
      path: `/api/dora/v1${path}`,
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        authorization: dora.serviceHeader,
      },
    },
    async res => {
      const body = await new Response(Readable.toWeb(res) as any).json();
      answered.resolve({ status: res.statusCode!, body });
    },
  );
  req.on('error', answered.reject);
  answered.promise.catch(() => {}); // told by the pipeline as well
  await pipeline(Readable.from(lines), req);
  return answered.promise;
}

describe.each(databases.eachSupportedId())('NDJSON on %s', id => {
  it('takes 20,000 lines of which every second is bad', async () => {
    const dora = await startDora({ databases, id });
    function* lines() {
      for (let index = 0; index < 20_000; index++) {
        const more = { id: `run-${index}`, revision: `sha${index}` };
        yield index % 2
          ? `${JSON.stringify(deployment({ ...more, status: 'bad' }))}\n`
          : `${JSON.stringify(deployment(more))}\n`;
      }
    }
    const { status, body } = await stream(dora, lines());
    expect(status).toBe(202);
    expect(body).toMatchObject({
      accepted: 10_000,
      duplicates: 0,
      rejectedCount: 10_000,
    });
    expect(body.rejected).toHaveLength(1_000);
    expect(body.rejected[999]).toMatchObject({ index: 1_999, field: 'status' });
    expect(await dora.knex('events').pluck('id')).toHaveLength(10_000);
    expect(await dora.knex('rejections').pluck('id')).toHaveLength(1_000);
    await dora.stop();
  });

  it('rejects a line over 1 MB alone, and what is no JSON', async () => {
    const dora = await startDora({ databases, id });
    const { status, body } = await stream(dora, [
      JSON.stringify(deployment()),
      '\n\n  \r\n',
      `{"id": "${'x'.repeat(3 * 1024 * 1024)}"}\n`,
      'nonsense\n',
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      '[]\n',
      JSON.stringify(deployment({ id: 'run-2' })),
    ]);
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 2, rejectedCount: 4 });
    expect(body.rejected).toMatchObject([
      { index: 3, field: 'line', message: expect.stringContaining('1 MB') },
      { index: 4, field: 'line', message: expect.stringContaining('JSON') },
      { index: 5, field: 'line', message: expect.stringContaining('UTF-8') },
      { index: 6, message: expect.stringContaining('object') },
    ]);
    await dora.stop();
  });

  it('keeps nothing of a stream without a valid line', async () => {
    const dora = await startDora({ databases, id });
    for (const lines of [['{}\n', 'x\n'], []]) {
      const { status } = await stream(dora, lines);
      expect(status).toBe(400);
    }
    expect(await dora.knex('rejections').pluck('id')).toEqual([]);
    await dora.stop();
  });

  it('counts what was stored once, when a stream that broke is sent again', async () => {
    const dora = await startDora({ databases, id });
    const lines = Array.from(
      { length: 3_000 },
      (_, index) =>
        `${JSON.stringify(
          deployment({ id: `run-${index}`, revision: `sha${index}` }),
        )}\n`,
    );
    function* broken() {
      yield* lines.slice(0, 2_000);
      throw new Error('The cable is cut');
    }
    await expect(stream(dora, broken())).rejects.toThrow('cable');
    const { body } = await stream(dora, lines);
    expect(body.accepted + body.duplicates).toBe(3_000);
    await dora.processed();
    expect(await dora.knex('deployments').pluck('id')).toHaveLength(3_000);
    await dora.stop();
  });
});
