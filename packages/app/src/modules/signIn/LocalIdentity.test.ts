import { LocalIdentity } from './LocalIdentity';
import { recall, remember } from './remembered';

const HOUR = 3600;

function setUp() {
  let issued = 0;
  const fetchMock = jest.fn(async (_url: string, _init: RequestInit) => {
    issued += 1;
    return Response.json({
      profile: { displayName: 'Devon Reyes' },
      backstageIdentity: {
        token: `token-${issued}`,
        expiresInSeconds: HOUR,
        identity: { type: 'user', userEntityRef: 'user:default/dev' },
      },
    });
  });
  global.fetch = fetchMock as unknown as typeof fetch;
  const clock = { now: 0 };
  const options = {
    discoveryApi: { getBaseUrl: async () => 'http://localhost:7007/api/auth' },
    userEntityRef: 'user:default/dev',
    now: () => clock.now,
  };
  return { fetchMock, clock, options };
}

describe('LocalIdentity', () => {
  it('says who signs in by a header', async () => {
    const { fetchMock, options } = setUp();

    await LocalIdentity.signIn(options);

    expect(fetchMock).toHaveBeenCalledWith(
      'http://localhost:7007/api/auth/local/refresh',
      { headers: { 'x-waymark-user': 'user:default/dev' } },
    );
  });

  it('replaces the token five minutes before it ends, once for everybody who asks', async () => {
    const { fetchMock, clock, options } = setUp();
    const identity = await LocalIdentity.signIn(options);

    clock.now = (HOUR - 301) * 1000;
    expect(await identity.getCredentials()).toEqual({ token: 'token-1' });

    clock.now = (HOUR - 299) * 1000;
    const tokens = await Promise.all([
      identity.getCredentials(),
      identity.getCredentials(),
    ]);
    expect(tokens).toEqual([{ token: 'token-2' }, { token: 'token-2' }]);
    expect(fetchMock).toHaveBeenCalledTimes(2);
  });

  it('tells what the backend said', async () => {
    const { fetchMock, options } = setUp();
    fetchMock.mockResolvedValue(
      Response.json(
        {
          error: { name: 'NotFoundError', message: 'There is no such person' },
          request: {},
          response: { statusCode: 404 },
        },
        { status: 404 },
      ),
    );

    await expect(LocalIdentity.signIn(options)).rejects.toMatchObject({
      statusCode: 404,
      cause: { message: 'There is no such person' },
    });
  });

  it('forgets the choice on sign-out', async () => {
    const { options } = setUp();
    remember({ provider: 'local', userEntityRef: 'user:default/dev' });
    const identity = await LocalIdentity.signIn(options);

    await identity.signOut();

    expect(recall()).toBeUndefined();
  });
});
