import {
  basic,
  SERVICE,
  startGitHost,
  type TestHost,
} from './__testUtils__/startGitHost';

jest.setTimeout(120_000);

describe('access tokens', () => {
  let host: TestHost;

  beforeAll(async () => {
    host = await startGitHost();
  });
  afterAll(async () => {
    await host.stop();
  });

  const create = (user: string, body: unknown) =>
    host.as(user)('/v1/tokens', { method: 'POST', body: JSON.stringify(body) });

  it.each([
    [{ days: 100_000 }, "'days' is not known here; write name, lifetime only"],
    [
      { expiresAt: '2030-01-01T00:00:00Z' },
      "'expiresAt' is not known here; write name, lifetime only",
    ],
    [
      { expiresInDays: -1 },
      "'expiresInDays' is not known here; write name, lifetime only",
    ],
    [
      { userRef: 'user:default/sam' },
      "'userRef' is not known here; write name, lifetime only",
    ],
    [{ a: 1, b: 2 }, "'a', 'b' is not known here; write name, lifetime only"],
    [{ lifetime: -1 }, 'a token lives for 60 seconds at least'],
    [{ lifetime: '60' }, 'give the lifetime in seconds'],
    [{ name: '' }, 'give the token a name'],
  ])('makes none for %j', async (extra, reason) => {
    const response = await create('user:default/dev', {
      name: 'laptop',
      ...extra,
    });
    expect(response.status).toBe(400);
    const { error } = await response.json();
    expect(error.message).toContain(reason);
  });

  it('makes 50 for a person and says what to do after that', async () => {
    const answers = await Promise.all(
      Array.from({ length: 55 }, (_, index) =>
        create('user:default/sam', { name: `token ${index}` }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter(status => status === 201)).toHaveLength(50);
    const refused = answers.find(({ status }) => status === 400);
    expect((await refused!.json()).error.message).toBe(
      'You have 50 access tokens, the most that one person may have. Revoke one that you no longer use.',
    );
    expect((await create('user:default/dev', { name: 'x' })).status).toBe(201);
  });

  it('limits wrong passwords, and never right ones', async () => {
    const token = await host.token('user:default/dev');
    const tryWith = (password: string) =>
      fetch(`${host.url}/api/v1/user`, {
        headers: { authorization: basic('dev', password) },
      });
    const statuses: number[] = [];
    for (let tries = 0; tries < 62; tries += 1) {
      statuses.push((await tryWith(`wmk_${tries}`)).status);
    }
    expect(statuses.slice(0, 60).every(status => status === 401)).toBe(true);
    expect(statuses.slice(60)).toEqual([429, 429]);
    expect((await tryWith(token)).status).toBe(200);
    const service = await fetch(`${host.url}/api/v1/user`, {
      headers: { authorization: basic(SERVICE.username, SERVICE.password) },
    });
    expect(service.status).toBe(200);
    const refused = await tryWith('wmk_again');
    expect(refused.status).toBe(429);
    expect((await refused.json()).message).toContain('Too many wrong');
  });
});
