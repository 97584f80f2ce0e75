import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import request from 'supertest';
import { authModuleLocalProvider } from './module';

const payments: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-payments', namespace: 'default' },
  spec: { type: 'team', profile: { displayName: 'Payments' }, children: [] },
};
const dev: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name: 'dev',
    namespace: 'default',
    description: 'Backend developer',
  },
  spec: {
    profile: {
      displayName: 'Devon Reyes',
      email: 'dev@example.com',
      picture: 'https://example.com/dev.png',
    },
    memberOf: ['team-payments'],
  },
  relations: [{ type: 'memberOf', targetRef: 'group:default/team-payments' }],
};

async function start(
  options: { entities?: Entity[]; config?: JsonObject } = {},
) {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      authModuleLocalProvider,
      catalogServiceMock.factory({
        entities: options.entities ?? [payments, dev],
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: {
            baseUrl: 'http://localhost:7007',
            listen: { host: '127.0.0.1', port: 0 },
          },
          auth: { providers: { local: {} } },
          ...options.config,
        },
      }),
    ],
  });
  const signIn = (user?: string, host = 'localhost:7007') => {
    const call = request(server)
      .get('/api/auth/local/refresh')
      .set('Host', host);
    return user === undefined ? call : call.set('x-waymark-user', user);
  };
  const people = (host = 'localhost:7007') =>
    request(server).get('/api/auth/local/people').set('Host', host);
  return { signIn, people, server };
}

describe('authModuleLocalProvider', () => {
  it('lists who can sign in, with title and groups', async () => {
    const { people } = await start();

    const response = await people();

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      people: [
        {
          ref: 'user:default/dev',
          displayName: 'Devon Reyes',
          title: 'Backend developer',
          groups: [{ ref: 'group:default/team-payments', title: 'Payments' }],
        },
      ],
    });
  });

  it('signs a person in with the groups of the catalog', async () => {
    const { signIn } = await start();

    const { status, body } = await signIn('user:default/dev');

    expect(status).toBe(200);
    expect(body.profile).toEqual({
      displayName: 'Devon Reyes',
      email: 'dev@example.com',
    });
    expect(body.backstageIdentity.identity).toMatchObject({
      userEntityRef: 'user:default/dev',
    });
    expect(body.backstageIdentity.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it.each([
    ['nobody', undefined, 401, /must name who signs in/],
    ['another kind', 'group:default/team-payments', 400, /reference of a user/],
    ['nonsense', 'a:b:c', 400, /reference of a user/],
    [
      'a stranger',
      'user:default/eve',
      404,
      /no user:default\/eve.*user:default\/dev/,
    ],
  ])('refuses %s', async (_, user, status, message) => {
    const { signIn } = await start();

    const response = await signIn(user);

    expect(response.status).toBe(status);
    expect(response.body.error.message).toMatch(message);
    expect(response.body.error.stack).toBeUndefined();
  });

  it('answers to no other host name', async () => {
    const { signIn, people } = await start();

    expect((await signIn('user:default/dev', 'evil.example')).status).toBe(401);
    expect((await people('evil.example')).status).toBe(403);
  });

  it('says that the catalog is still loading', async () => {
    const { signIn, people } = await start({ entities: [] });

    for (const response of [await signIn('user:default/dev'), await people()]) {
      expect(response.status).toBe(503);
      expect(response.body.error.message).toMatch(/still being read/);
    }
  });

  it('does not start where others can reach it', async () => {
    const config = {
      backend: {
        baseUrl: 'http://localhost:7007',
        listen: { host: '0.0.0.0' },
      },
    };

    await expect(start({ config })).rejects.toThrow(/backend\.listen\.host/);
  });

  it('is absent without auth.providers.local', async () => {
    const { signIn, people } = await start({ config: { auth: {} } });

    expect((await signIn('user:default/dev')).status).toBe(404);
    expect((await people()).status).toBe(404);
  });
});
