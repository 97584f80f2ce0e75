import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { BranchProtectionStore } from './BranchProtectionStore';
import { openDatabase } from './migrate';
import { RefStore } from './RefStore';
import { RepositoryStore } from './RepositoryStore';
import { TokenStore } from './TokenStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_18', 'SQLITE_3'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('stores on %s', id => {
  async function open() {
    const knex = await databases.init(id);
    return openDatabase(mockServices.database({ knex }));
  }

  const repository = (owner: string, name: string, description = '') => ({
    owner,
    name,
    description,
    defaultBranch: 'main',
    createdBy: 'user:default/dev',
  });

  it('keeps repositories, one of a name for each owner', async () => {
    const store = new RepositoryStore(await open());
    const made = await store.insert(repository('team-a', 'checkout'));
    expect(made).toMatchObject({
      owner: 'team-a',
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      pushedAt: undefined,
    });
    await expect(
      store.insert(repository('team-a', 'checkout')),
    ).rejects.toThrow("team-a has a repository 'checkout' already");
    await store.insert(repository('team-b', 'checkout', 'Sells 100% of_it'));
    await store.insert(repository('team-b', 'shipping'));
    await store.setPushed(made.id);

    const all = { limit: 10, offset: 0 };
    expect((await store.list(all)).items.map(item => item.owner)).toHaveLength(
      3,
    );
    expect(await store.list({ ...all, search: 'CHECK' })).toMatchObject({
      totalItems: 2,
    });
    expect(await store.list({ ...all, search: '100% OF_' })).toMatchObject({
      totalItems: 1,
    });
    expect(await store.list({ ...all, search: '%' })).toMatchObject({
      totalItems: 1,
    });
    expect(await store.list({ ...all, search: '\\' })).toMatchObject({
      totalItems: 0,
    });
    expect(
      await store.list({ owner: 'team-b', limit: 1, offset: 1 }),
    ).toMatchObject({ totalItems: 2, items: [{ owner: 'team-b' }] });
    expect(await store.owners()).toEqual(['team-a', 'team-b']);
    expect((await store.find(made))?.pushedAt).toBeDefined();
  });

  it('remembers announced refs and rules, and forgets them with the repository', async () => {
    const db = await open();
    const repositories = new RepositoryStore(db);
    const refs = new RefStore(db);
    const rules = new BranchProtectionStore(db);
    const made = await repositories.insert(repository('team-a', 'checkout'));
    await refs.record(made.id, 'refs/heads/main', 'a'.repeat(40));
    await refs.record(made.id, 'refs/heads/main', 'b'.repeat(40));
    await refs.record(made.id, 'refs/heads/old', 'c'.repeat(40));
    await refs.record(made.id, 'refs/heads/old', undefined);
    expect(await refs.announced(made.id)).toEqual(
      new Map([['refs/heads/main', 'b'.repeat(40)]]),
    );
    await rules.set(made.id, 'main', ['lint']);
    await rules.set(made.id, 'main', ['lint', 'test']);
    expect(await rules.list(made.id)).toMatchObject([
      { ruleName: 'main', statusCheckContexts: ['lint', 'test'] },
    ]);
    await repositories.delete(made.id);
    expect(await repositories.find(made)).toBeUndefined();
    expect(await refs.announced(made.id)).toEqual(new Map());
    expect(await rules.list(made.id)).toEqual([]);
  });

  it('keeps tokens by their hash, and lets people remove their own only', async () => {
    const store = new TokenStore(await open());
    const token = {
      id: '11111111-1111-4111-8111-111111111111',
      userRef: 'user:default/dev',
      name: 'laptop',
      prefix: 'wmk_abcd',
      hash: 'f'.repeat(64),
      createdAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2026-02-01T00:00:00.000Z',
    };
    await store.insert(token);
    await store.touch(token.id, new Date('2026-01-02T00:00:00Z'));
    expect(await store.findByHash(token.hash)).toEqual({
      ...token,
      lastUsedAt: '2026-01-02T00:00:00.000Z',
    });
    const [shown] = await store.list('user:default/dev');
    expect(shown).not.toHaveProperty('hash');
    expect(await store.delete('user:default/sam', token.id)).toBe(false);
    await store.deleteExpired(new Date('2026-01-31T00:00:00Z'));
    expect(await store.list('user:default/dev')).toHaveLength(1);
    expect(await store.delete('user:default/dev', token.id)).toBe(true);
    expect(await store.findByHash(token.hash)).toBeUndefined();
  });
});
