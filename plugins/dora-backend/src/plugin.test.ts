import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import Knex from 'knex';
import request from 'supertest';
import { deployment, incident, startDora } from './__testUtils__/startDora';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('doraPlugin on %s', id => {
  it('takes deployments and incidents, and counts them', async () => {
    const dora = await startDora({ databases, id });
    const answer = await dora.send('/deployments', [
      deployment(),
      deployment({ status: 'nonsense' }),
      deployment(),
    ]);
    expect(answer.body).toEqual({
      accepted: 1,
      duplicates: 1,
      rejected: [
        {
          index: 1,
          field: 'status',
          message: expect.stringContaining('success'),
        },
      ],
      rejectedCount: 1,
    });
    expect(answer.status).toBe(202);
    expect((await dora.send('/incidents', incident())).status).toBe(202);
    await dora.processed();
    expect(await dora.knex('deployments')).toMatchObject([
      { external_id: 'run-1', production: true, status: 'success' },
    ]);
    expect(await dora.knex('incidents')).toMatchObject([
      { external_id: 'inc-1', open: true },
    ]);
    await dora.stop();
  });

  it('takes events from services only', async () => {
    const dora = await startDora({ databases, id });
    const { status, body } = await request(dora.server)
      .post('/api/dora/v1/deployments')
      .set('authorization', mockCredentials.user.header())
      .send(deployment());
    expect(status).toBe(403);
    expect(body.error.message).toContain('service token');
    const none = await request(dora.server)
      .post('/api/dora/v1/deployments')
      .set('authorization', mockCredentials.none.header())
      .send(deployment());
    expect(none.status).toBe(401);
    expect(await dora.knex('events')).toEqual([]);
    await dora.stop();
  });

  it('counts the same events once, sent by five at once', async () => {
    const dora = await startDora({ databases, id });
    const events = Array.from({ length: 200 }, (_, index) =>
      deployment({ id: `run-${index}`, revision: `abc${index}` }),
    );
    const answers = await Promise.all(
      [0, 1, 2, 3, 4].map(async client =>
        dora.send('/deployments', client % 2 ? [...events].reverse() : events),
      ),
    );
    const sum = (key: string) =>
      answers.reduce((total, { body }) => total + body[key], 0);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(202));
    expect(sum('accepted')).toBe(200);
    expect(sum('duplicates')).toBe(800);
    await dora.processed();
    expect(await dora.knex('deployments').pluck('id')).toHaveLength(200);
    await dora.stop();
  });

  it('merges what comes late, and takes other content for another event', async () => {
    const dora = await startDora({ databases, id });
    const started = deployment({
      status: 'in_progress',
      finishedAt: undefined,
      startedAt: '2026-03-02T10:00:00Z',
    });
    for (const event of [
      deployment(),
      started,
      deployment({ version: '1.8.0' }),
    ]) {
      const { body } = await dora.send('/deployments', event);
      expect(body).toMatchObject({ accepted: 1, duplicates: 0 });
      await dora.processed();
    }
    expect(await dora.knex('deployments')).toMatchObject([
      {
        status: 'success',
        version: '1.8.0',
        started_at: new Date('2026-03-02T10:00:00Z'),
        finished_at: new Date('2026-03-02T10:03:12Z'),
      },
    ]);
    await dora.stop();
  });

  it('puts no end of a deployment aside, however many are told', async () => {
    const dora = await startDora({ databases, id });
    const lines = Array.from({ length: 1_010 }, (_, index) =>
      JSON.stringify(deployment({ version: `1.0.${index}` })),
    );
    const answer = await dora.send(
      '/deployments',
      lines.join('\n'),
      'application/x-ndjson',
    );
    expect(answer.body).toMatchObject({ accepted: 1_010 });
    await dora.processed();
    expect(await dora.knex('deployments').pluck('id')).toHaveLength(1);
    expect((await dora.get('/inbox')).body.items).toEqual([]);
    await dora.stop();
  });

  it('keeps the changes that events list', async () => {
    const dora = await startDora({ databases, id });
    const changes = [
      {
        sha: 'aaaaaaa',
        committedAt: '2026-03-01T16:00:00+01:00',
        firstCommittedAt: '2026-03-01T10:00:00Z',
        pullRequest: 412,
        parents: ['bbbbbbb', 'ccccccc'],
      },
      { sha: 'bbbbbbb', committedAt: '2026-03-01T12:00:00Z' },
    ];
    await dora.send('/deployments', deployment({ changes }));
    await dora.processed();
    expect(await dora.knex('changes').orderBy('sha')).toMatchObject([
      {
        sha: 'aaaaaaa',
        committed_at: new Date('2026-03-01T15:00:00Z'),
        first_committed_at: new Date('2026-03-01T10:00:00Z'),
        pull_request: 412,
        parents: ['bbbbbbb', 'ccccccc'],
      },
      { sha: 'bbbbbbb', parents: [] },
    ]);
    expect(await dora.knex('deployments')).toMatchObject([
      { changes_state: 'given' },
    ]);
    await dora.stop();
  });

  it('rejects what is older than the retention, and says by which setting', async () => {
    const dora = await startDora({ databases, id });
    const old = deployment({ finishedAt: '2016-10-17T13:45:03Z' });
    const { status, body } = await dora.send('/deployments', old);
    expect(status).toBe(400);
    expect(body.rejected[0]).toMatchObject({
      field: 'finishedAt',
      message: expect.stringContaining('dora.retention.events'),
    });
    await dora.stop();

    const keeping = await startDora({
      databases,
      id,
      config: { dora: { retention: { events: false } } },
    });
    expect((await keeping.send('/deployments', old)).status).toBe(202);
    await keeping.stop();
  });

  it('does not start on another database than PostgreSQL', async () => {
    const knex = Knex({ client: 'better-sqlite3', useNullAsDefault: true });
    await expect(startDora({ databases, id, knex: knex })).rejects.toThrow(
      'PostgreSQL',
    );
    await knex.destroy();
  });
});
