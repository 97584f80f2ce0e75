import { TestDatabases } from '@backstage/backend-test-utils';
import { gzipSync } from 'node:zlib';
import { postBytes } from './__testUtils__/postBytes';
import { deployment, incident, startDora } from './__testUtils__/startDora';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

const LONG = 'a'.repeat(1_000_000);
const WRONG = [
  0,
  -1,
  1e308,
  true,
  null,
  [],
  {},
  [[]],
  '',
  LONG,
  '\0',
  '\ud800',
];
const DEPLOYMENT_FIELDS = [
  'id',
  'source',
  'service',
  'environment',
  'status',
  'revision',
  'version',
  'startedAt',
  'finishedAt',
  'occurredAt',
  'rolloutId',
  'url',
  'remediates',
  'hotfix',
  'changes',
];
const INCIDENT_FIELDS = [
  'id',
  'source',
  'service',
  'services',
  'status',
  'openedAt',
  'resolvedAt',
  'occurredAt',
  'deployment',
  'revision',
  'severity',
  'title',
  'url',
];

/** 10,000 levels of JSON. */
function nested(open: string, inside: string, close: string): string {
  return `${open.repeat(10_000)}${inside}${close.repeat(10_000)}`;
}

describe.each(databases.eachSupportedId())('hostile input on %s', id => {
  let dora: Awaited<ReturnType<typeof startDora>>;

  beforeAll(async () => {
    dora = await startDora({ databases, id });
  });
  afterAll(() => dora.stop());

  /** Nothing of a request that was refused is kept. */
  async function expectNothingStored() {
    for (const table of ['events', 'rejections', 'webhook_deliveries']) {
      expect([table, await dora.knex(table).pluck('id')]).toEqual([table, []]);
    }
  }

  it.each([
    ['/deployments', DEPLOYMENT_FIELDS, deployment],
    ['/incidents', INCIDENT_FIELDS, incident],
  ] as const)(
    'names the field that has the wrong type in %s',
    async (path, fields, valid) => {
      for (const field of fields) {
        for (const value of WRONG) {
          // these are what they should be
          if (field === 'hotfix' && value === true) continue;
          if (
            ['changes', 'services'].includes(field) &&
            Array.isArray(value) &&
            !value.length
          ) {
            continue;
          }
          if (field === 'title' && value === '') continue;
          const { status, body } = await dora.send(
            path,
            valid({ [field]: value }),
          );
          const shown = JSON.stringify(value).slice(0, 20);
          expect([field, shown, status]).toEqual([field, shown, 400]);
          expect(body.rejected[0].field).toMatch(new RegExp(`^${field}`));
          expect(JSON.stringify(body).length).toBeLessThan(1_000);
        }
      }
      await expectNothingStored();
    },
  );

  it.each([
    ['finishedAt', { finishedAt: '9999-12-31T23:59:59Z' }],
    ['finishedAt', { finishedAt: '2026-02-30T00:00:00Z' }],
    ['finishedAt', { finishedAt: '-271821-04-20T00:00:00Z' }],
    ['revision', { revision: LONG }],
    [
      'changes[0].sha',
      { changes: [{ sha: LONG, committedAt: '2026-03-01T00:00:00Z' }] },
    ],
    [
      'changes[0].committedAt',
      { changes: [{ sha: 'abc1234', committedAt: '9999-01-01T00:00:00Z' }] },
    ],
    [
      'changes[0].parents',
      {
        changes: [
          {
            sha: 'abc1234',
            committedAt: '2026-03-01T00:00:00Z',
            parents: Array(1000).fill('a'),
          },
        ],
      },
    ],
    [
      'changes[0].pullRequest',
      {
        changes: [
          {
            sha: 'abc1234',
            committedAt: '2026-03-01T00:00:00Z',
            pullRequest: 2 ** 40,
          },
        ],
      },
    ],
    ['service', { service: "component:default/x'; DROP TABLE events; --" }],
    ['id', { id: '<script>alert(1)</script>' }],
    ['environment', { environment: "production'; DELETE FROM events; --" }],
    ['url', { url: 'data:text/html,<b>' }],
    ['remediates', { remediates: 'run-1' }],
  ])('refuses a wrong %s', async (field, more) => {
    const { status, body } = await dora.send('/deployments', deployment(more));
    expect(status).toBe(400);
    expect(body).toMatchObject({ accepted: 0, rejectedCount: 1 });
    expect(body.rejected[0].field.startsWith(field)).toBe(true);
    expect(body.rejected[0].message).toContain(field);
    await expectNothingStored();
  });

  it.each([
    ['50 MB', () => `[${' '.repeat(50 * 1024 * 1024)}]`, 413, '5 MB'],
    ['1,001 items', () => Array(1_001).fill(deployment()), 413, '1000'],
    ['an empty array', () => [], 400, 'empty'],
    ['an empty body', () => '', 400, 'empty'],
    ['a number', () => '5', 400, 'object'],
    ['null', () => 'null', 400, 'object'],
    ['half a body', () => '{"id": "run-', 400, 'not valid JSON'],
    ['nesting 10,000 deep', () => nested('[', '', ']'), 400, 'object'],
    ['objects 10,000 deep', () => nested('{"id":', '1', '}'), 400, 'id'],
    [
      'a prototype',
      () => '{"__proto__": {"id": "run-1"}, "constructor": {"prototype": {}}}',
      400,
      'id',
    ],
  ] as [string, () => string | object, number, string][])(
    'refuses %s',
    async (_name, body, status, words) => {
      for (const path of ['/deployments', '/incidents', '/events']) {
        const answer = await dora.send(path, body());
        expect([path, answer.status]).toEqual([path, status]);
        const { accepted, duplicates, rejected } = answer.body;
        expect([accepted, duplicates, rejected?.[0].index]).toEqual(
          status === 400 ? [0, 0, 0] : [undefined, undefined, undefined],
        );
        const named = path === '/deployments' ? words : '';
        expect(JSON.stringify(answer.body)).toContain(named);
      }
      await expectNothingStored();
    },
  );

  it.each([
    ['deployment', '/deployments', { specversion: '1.0' }],
    ['CloudEvent', '/events', { specversion: '1.0', id: 'e', source: 's' }],
  ])('bears nesting 10,000 deep inside a %s', async (_name, path, rest) => {
    const deep = nested('{"a":', '1', '}');
    const body = `{${JSON.stringify(rest).slice(
      1,
      -1,
    )}, "type": "dev.cdevents.service.deployed.0.2.0", "data": ${deep}}`;
    const { status } = await dora.send(path, body);
    expect(status).toBe(400);
    await expectNothingStored();
  });

  it('refuses what is not UTF-8', async () => {
    const bytes = Buffer.from(JSON.stringify(deployment({ id: 'runX1' })));
    bytes[bytes.indexOf('X')] = 0xff;
    const status = await postBytes(dora, bytes, {});
    expect(status).toBe(400);
    await expectNothingStored();
  });

  it('refuses other content types, and says which it takes', async () => {
    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data',
    ]) {
      const answer = await dora.send('/deployments', 'x', type);
      expect(answer.status).toBe(415);
      expect(answer.body.error.message).toContain('application/json');
    }
    await expectNothingStored();
  });

  it('refuses what inflates without end, or does not inflate', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    expect(await postBytes(dora, bomb, { 'content-encoding': 'gzip' })).toBe(
      413,
    );
    const plain = Buffer.from(JSON.stringify(deployment()));
    expect(await postBytes(dora, plain, { 'content-encoding': 'gzip' })).toBe(
      400,
    );
    expect(await postBytes(dora, plain, { 'content-encoding': 'zstd-9' })).toBe(
      415,
    );
    await expectNothingStored();
  });

  it('takes a body that comes byte by byte', async () => {
    const body = Buffer.from(JSON.stringify(deployment({ id: 'slow' })));
    const status = await postBytes(dora, body, {}, { byByte: true });
    expect(status).toBe(202);
    await dora.processed();
  });

  it('takes the last of duplicate keys, as JSON.parse does', async () => {
    const body = JSON.stringify(deployment({ id: 'twice' })).replace(
      '{',
      '{"status": "failure", ',
    );
    expect((await dora.send('/deployments', body)).status).toBe(202);
    await dora.processed();
    expect(
      await dora.knex('deployments').where({ external_id: 'twice' }),
    ).toMatchObject([{ status: 'success' }]);
  });
});
