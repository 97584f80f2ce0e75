import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
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
    await dora.stop();
  });
});
