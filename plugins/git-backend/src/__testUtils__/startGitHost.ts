import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import {
  type BackendFeature,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { gitPlugin } from '../plugin';
import { GIT_PUSH_TOPIC, type GitPushEvent } from '../services/PushAnnouncer';

/** The portal's own account in tests. */
export const SERVICE = { username: 'waymark', password: 'service-password' };

/** A running host with its data folder and the events that it published. */
export type TestHost = {
  readonly url: string;
  readonly appUrl: string;
  readonly directory: string;
  readonly events: GitPushEvent[];
  /** Waits until so many events were published. */
  waitForEvents(count: number): Promise<void>;
  readonly audit: jest.Mock;
  /** Calls a route as a person, with what the portal's pages send. */
  as(user: string): (path: string, init?: RequestInit) => Promise<Response>;
  /** Calls a route as the portal itself, with HTTP Basic. */
  service(path: string, init?: RequestInit): Promise<Response>;
  token(user: string, lifetime?: number): Promise<string>;
  createRepository(owner: string, name: string): Promise<void>;
  /** Clone URL with a password in it. */
  remote(repository: string, password: string): string;
  stop(): Promise<void>;
};

/**
 * Starts the plugin on a real port with a real HTTP server, SQLite and a catalog of two teams.
 */
export async function startGitHost(
  options: {
    config?: JsonObject;
    directory?: string;
    database?: ReturnType<typeof mockServices.database.factory>;
    entities?: Entity[];
    features?: BackendFeature[];
  } = {},
): Promise<TestHost> {
  const front = await openFront();
  const { port } = front;
  const directory =
    options.directory ?? (await mkdtemp(join(tmpdir(), 'waymark-git-')));
  const events: GitPushEvent[] = [];
  const audit = jest.fn();
  const baseUrl = `http://localhost:${port}`;
  const appUrl = `${baseUrl}/app`;
  const backend = await startTestBackend({
    features: [
      gitPlugin,
      ...(options.features ?? []),
      ...(options.database ? [options.database] : []),
      catalogServiceMock.factory({
        entities: options.entities ?? sampleEntities(),
      }),
      // What comes without a Backstage token is nobody, as in a real backend.
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      mockServices.auditor.mock({
        createEvent: async event => {
          audit(event);
          return { success: async () => {}, fail: async () => {} };
        },
      }).factory,
      listener(events),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: appUrl },
          backend: { baseUrl },
          platform: { administrators: ['group:default/team-platform'] },
          git: {
            directory,
            serviceAccount: SERVICE,
            ...(options.config ?? {}),
          },
        },
      }),
    ],
  });
  front.forwardTo(backend.server.port());
  const url = `${baseUrl}/api/git`;
  const as =
    (userRef: string) =>
    (path: string, init: RequestInit = {}) =>
      fetch(`${url}${path}`, {
        redirect: 'manual',
        ...init,
        headers: {
          'content-type': 'application/json',
          authorization: mockCredentials.user.header(userRef),
          ...init.headers,
        },
      });
  const service = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        'content-type': 'application/json',
        authorization: basic(SERVICE.username, SERVICE.password),
        ...init.headers,
      },
    });
  return {
    url,
    appUrl,
    directory,
    events,
    async waitForEvents(count) {
      for (let tries = 0; tries < 200 && events.length < count; tries += 1) {
        await new Promise(resolve => setTimeout(resolve, 50));
      }
      expect(events).toHaveLength(count);
    },
    audit,
    as,
    service,
    async token(userRef, lifetime) {
      const response = await as(userRef)('/v1/tokens', {
        method: 'POST',
        body: JSON.stringify({ name: 'test', lifetime }),
      });
      return (await response.json()).token;
    },
    async createRepository(owner, name) {
      const response = await service(`/api/v1/orgs/${owner}/repos`, {
        method: 'POST',
        body: JSON.stringify({ name }),
      });
      expect(response.status).toBe(201);
    },
    remote: (repository, password) =>
      `http://someone:${encodeURIComponent(
        password,
      )}@localhost:${port}/api/git/${repository}.git`,
    async stop() {
      await front.close();
      await backend.stop();
      if (!options.directory) {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

/** Header value for HTTP Basic. */
export function basic(username: string, password: string): string {
  return `basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function listener(events: GitPushEvent[]) {
  return createBackendModule({
    pluginId: 'git',
    moduleId: 'test-listener',
    register(env) {
      env.registerInit({
        deps: {
          service: eventsServiceRef,
          rootHttpRouter: coreServices.rootHttpRouter,
        },
        async init({ service, rootHttpRouter }) {
          // Stands for the portal's pages, which answer on any path.
          rootHttpRouter.use('/app', (_req, res) => res.send('<html></html>'));
          await service.subscribe({
            id: 'test',
            topics: [GIT_PUSH_TOPIC],
            onEvent: async ({ eventPayload }) => {
              events.push(eventPayload as GitPushEvent);
            },
          });
        },
      });
    },
  });
}

/** The test backend chooses its port when it starts, but its base URL must be known before: this port stands in front. */
async function openFront() {
  let target = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, client => {
    const upstream = connect({ port: target, allowHalfOpen: true });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', hadError => hadError && to.destroy());
      from.pipe(to);
    }
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const address = server.address();
  if (typeof address !== 'object' || !address) {
    throw new Error('The test server has no port');
  }
  return {
    port: address.port,
    forwardTo(port: number) {
      target = port;
    },
    async close() {
      sockets.forEach(socket => socket.destroy());
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function group(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
  };
}

function user(name: string, team: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf: [team] },
    relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
  };
}

function sampleEntities(): Entity[] {
  return [
    group('team-payments'),
    group('team-storefront'),
    group('team-platform'),
    user('dev', 'team-payments'),
    user('sam', 'team-storefront'),
    user('pat', 'team-platform'),
  ];
}
