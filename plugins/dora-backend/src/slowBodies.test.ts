import { TestDatabases } from '@backstage/backend-test-utils';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { deployment, startDora } from './__testUtils__/startDora';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const MEGABYTES_5 = 5 * 1024 * 1024;
const webhooks = { github: { secret: 's' }, argocd: { secret: 's' } };

describe.each(databases.eachSupportedId())('slow bodies on %s', id => {
  const start = () =>
    startDora({ databases, id, config: { dora: { webhooks } } });
  type Dora = Awaited<ReturnType<typeof start>>;

  /** Sends a body up to a few bytes before its end; tells what is answered. */
  async function stall(
    dora: Dora,
    path: string,
    headers: Record<string, string>,
    body = Buffer.alloc(MEGABYTES_5 - 10, ' '),
  ) {
    const socket: Socket = connect(dora.server.port(), '127.0.0.1');
    let answer = '';
    socket.on('data', chunk => {
      answer += chunk.toString();
    });
    socket.on('error', () => {});
    const closed = new Promise<void>(resolve => {
      socket.once('close', () => resolve());
    });
    const lines = {
      host: 'localhost',
      'content-length': String(MEGABYTES_5),
      ...headers,
    };
    socket.write(`POST /api/dora/v1${path} HTTP/1.1\r\n`);
    for (const [name, value] of Object.entries(lines)) {
      socket.write(`${name}: ${value}\r\n`);
    }
    socket.write('\r\n');
    await Promise.race([
      new Promise<void>(resolve => {
        socket.write(body, () => resolve());
      }),
      closed,
    ]);
    const status = () => Number(answer.split(' ')[1]);
    return {
      status,
      closed,
      answer: () => answer,
      end: () => socket.destroy(),
    };
  }

  it('does not stop taking events for webhooks that never end', async () => {
    const dora = await start();
    const held = await Promise.all(
      Array.from({ length: 40 }, () => stall(dora, '/webhooks/github', {})),
    );
    await pause(500);
    const answer = await dora.send('/deployments', deployment());
    expect(answer.status).toBe(202);
    await Promise.all(held.map(({ closed }) => closed));
    const statuses = held.map(({ status }) => status());
    // those that came first make room for the others
    expect(new Set(statuses)).toEqual(new Set([408, 503]));
    expect(statuses.filter(status => status === 408).length).toBeGreaterThan(9);
    await dora.stop();
  });

  it('lets a webhook in while others are held to the last byte', async () => {
    const dora = await start();
    const held = await Promise.all(
      Array.from({ length: 40 }, () => stall(dora, '/webhooks/github', {})),
    );
    const late = await stall(
      dora,
      '/webhooks/github',
      { connection: 'close', 'content-length': '2' },
      Buffer.from('{}'),
    );
    await late.closed;
    expect(late.status()).toBe(401);
    for (const each of held) each.end();
    await dora.stop();
  });

  it('reads no body of a sender whose token is wrong', async () => {
    const dora = await start();
    const refused = await stall(
      dora,
      '/webhooks/argocd',
      { authorization: 'Bearer guess', connection: 'close' },
      Buffer.from('{'),
    );
    await refused.closed;
    expect(refused.status()).toBe(401);
    expect(dora.audited.filter(({ failed }) => failed)).toHaveLength(1);
    await dora.stop();
  });

  it('gives up on services that stand still', async () => {
    const dora = await start();
    const bodies = {
      'application/json': '{"id": ',
      'application/x-ndjson': `${JSON.stringify(deployment())}\n{"id": `,
    };
    const sent = await Promise.all(
      Object.entries(bodies).map(([type, text]) =>
        stall(
          dora,
          '/deployments',
          { 'content-type': type, authorization: dora.serviceHeader },
          Buffer.from(text),
        ),
      ),
    );
    await Promise.all(sent.map(({ closed }) => closed));
    expect(sent.map(({ status }) => status())).toEqual([408, 408]);
    expect(sent[0].answer()).toContain('send it again');
    await dora.stop();
  });
});
