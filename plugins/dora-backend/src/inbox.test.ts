import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { deployment, incident, startDora } from './__testUtils__/startDora';
import { component } from './__testUtils__/component';
import { UnmatchedEvents } from './inbox/UnmatchedEvents';
import { CatalogServiceResolver } from './services/CatalogServiceResolver';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('the inbox on %s', id => {
  it('keeps events of unknown services, which count when replayed once they exist', async () => {
    const dora = await startDora({ databases, id });
    await dora.send('/deployments', [
      deployment(),
      deployment({ id: 'run-2', service: 'payments' }),
    ]);
    await dora.send(
      '/incidents',
      incident({ service: undefined, services: ['checkout', 'payments'] }),
    );
    await dora.processed();
    const { body } = await dora.get('/inbox?state=unmatched');
    expect(body.items).toHaveLength(2);
    expect(body.items[1]).toMatchObject({
      kind: 'event',
      source: 'github-actions',
      service: 'component:default/payments',
      state: 'unmatched',
      reason: expect.stringContaining('component:default/payments'),
    });
    // what is known counts at once
    expect(await dora.knex('deployments').pluck('external_id')).toEqual([
      'run-1',
    ]);
    expect(await dora.knex('incidents').pluck('id')).toHaveLength(1);

    dora.addEntities(component('payments'));
    const one = body.items[1];
    const answer = await dora.send(`/inbox/event/${one.id}/replay`, {});
    expect(answer.status).toBe(202);
    await dora.processed();
    expect(
      await dora.knex('deployments').orderBy('id').pluck('external_id'),
    ).toEqual(['run-1', 'run-2']);
    const all = await dora.send('/inbox/replay', {});
    expect(all.body).toEqual({ replayed: 1 });
    await dora.processed();
    expect(await dora.knex('incidents').pluck('id')).toHaveLength(2);
    expect((await dora.get('/inbox')).body.items).toEqual([]);
    await dora.stop();
  });

  it('looks again for services that were unknown, named or annotated', async () => {
    const dora = await startDora({ databases, id });
    await dora.send('/deployments', [
      deployment({ id: 'run-2', service: 'payments' }),
      deployment({ id: 'run-3', service: 'never' }),
    ]);
    const delivered = {
      kind: 'deployment',
      source: 'github',
      external_id: 'run-4',
      status: 'success',
      lookup: JSON.stringify({
        annotations: [{ annotation: 'github.com/project-slug', value: 'a/b' }],
      }),
      body: '{}',
      content_hash: Buffer.from('run-4'),
      size: 2,
      received_at: new Date(),
      state: 'unmatched',
    };
    await dora.knex('events').insert(delivered);
    await dora.processed();
    await dora.stop();

    const unmatched = (...entities: Entity[]) =>
      new UnmatchedEvents({
        database: dora.knex,
        services: new CatalogServiceResolver({
          auth: mockServices.auth(),
          catalog: catalogServiceMock({ entities }),
          now: Date.now,
        }),
      });
    expect(await unmatched().recheck()).toBe(0);
    const found = unmatched(
      component('payments'),
      component('b', { 'github.com/project-slug': 'a/b' }),
    );
    expect(await found.recheck()).toBe(2);
    expect(
      await dora
        .knex('events')
        .where('state', 'pending')
        .orderBy('external_id')
        .pluck('external_id'),
    ).toEqual(['run-2', 'run-4']);
  });

  it('looks for each of more services than it can at once in turn', async () => {
    const dora = await startDora({ databases, id });
    const names = ['a1', 'a2', 'a3', 'a4', 'payments'];
    await dora.send(
      '/deployments',
      names.map(name => deployment({ id: name, service: name })),
    );
    await dora.processed();
    await dora.stop();
    const unmatched = new UnmatchedEvents({
      database: dora.knex,
      services: new CatalogServiceResolver({
        auth: mockServices.auth(),
        catalog: catalogServiceMock({ entities: [component('payments')] }),
        now: Date.now,
      }),
      maxAtOnce: { refs: 2, lookups: 2 },
    });
    const rounds: number[] = [];
    for (let round = 0; round < 4; round++) {
      rounds.push(await unmatched.recheck());
    }
    expect(rounds).toEqual([0, 0, 1, 0]);
  });

  it('logs the bad neighbours of what was taken, page by page', async () => {
    const dora = await startDora({ databases, id });
    const bad = Array.from({ length: 5 }, (_, index) =>
      deployment({ id: `bad-${index}`, status: 'nonsense' }),
    );
    await dora.send('/deployments', [deployment(), ...bad]);
    expect((await dora.get('/inbox?limit=1')).body.items).toMatchObject([
      { kind: 'rejection', source: 'github-actions' },
    ]);
    const pages: string[][] = [];
    let cursor = '';
    do {
      const { body } = await dora.get(
        `/inbox?state=rejected&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      pages.push(body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(pages.map(page => page.length)).toEqual([2, 2, 1]);
    expect(new Set(pages.flat()).size).toBe(5);
    const again = await dora.send(`/inbox/rejection/${pages[0][0]}/replay`, {});
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain('status');
    await dora.stop();
  });

  it.each([
    ['/inbox?state=lost', 'unmatched'],
    ['/inbox?limit=5000', '1000'],
    ['/inbox?cursor=nonsense', 'cursor'],
  ])('refuses %s', async (path, words) => {
    const dora = await startDora({ databases, id });
    const { status, body } = await dora.get(path);
    expect(status).toBe(400);
    expect(body.error.message).toContain(words);
    const missing = await dora.send('/inbox/event/999/replay', {});
    expect(missing.status).toBe(404);
    await dora.stop();
  });
});
