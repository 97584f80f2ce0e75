import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestDatabaseId,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { setTimeout as pause } from 'node:timers/promises';
import request from 'supertest';
import { doraPlugin } from '../plugin';
import { component } from './component';

/** A catalog that a test adds entities to. */
function changingCatalog(entities: readonly Entity[]) {
  const held = [...entities];
  let current = catalogServiceMock({ entities: held });
  const catalog = new Proxy({} as CatalogService, {
    get: (_target, name) => Reflect.get(current, name)?.bind(current),
  });
  return {
    factory: createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => catalog,
    }),
    add(...more: Entity[]) {
      held.push(...more);
      current = catalogServiceMock({ entities: held });
    },
  };
}

/** The plugin in a test backend, on a PostgreSQL of its own. */
export async function startDora(options: {
  databases: TestDatabases;
  id: TestDatabaseId;
  knex?: Knex;
  entities?: Entity[];
  config?: JsonObject;
  features?: readonly BackendFeature[];
}) {
  const knex = options.knex ?? (await options.databases.init(options.id));
  const catalog = changingCatalog(options.entities ?? [component('checkout')]);
  const auditor = mockServices.auditor.mock();
  const audited: { eventId: string; failed?: Error; meta?: object }[] = [];
  auditor.createEvent.mockImplementation(async event => ({
    success: async (more?: { meta?: object }) => {
      audited.push({
        eventId: event.eventId,
        meta: { ...event.meta, ...more?.meta },
      });
    },
    fail: async ({ error }: { error: Error }) => {
      audited.push({ eventId: event.eventId, failed: error, meta: event.meta });
    },
  }));
  const backend = await startTestBackend({
    features: [
      doraPlugin,
      mockServices.database.mock({ getClient: async () => knex }).factory,
      catalog.factory,
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
      ...(options.features ?? []),
      createServiceFactory({
        service: coreServices.auditor,
        deps: { httpAuth: coreServices.httpAuth },
        factory: ({ httpAuth }) => ({
          createEvent: async event => {
            // The real one does so too, and fails on tokens that are not Backstage's.
            if (event.request) await httpAuth.credentials(event.request);
            return auditor.createEvent(event);
          },
        }),
      }),
    ],
  });
  const { server } = backend;
  const service = mockCredentials.service.header();
  const send = (
    path: string,
    body: string | object,
    type = 'application/json',
  ) =>
    request(server)
      .post(`/api/dora/v1${path}`)
      .set('authorization', service)
      .set('content-type', type)
      .send(body);
  const get = (path: string) =>
    request(server)
      .get(`/api/dora/v1${path}`)
      .set('authorization', mockCredentials.user.header());
  const processed = async (seconds = 10) => {
    for (let attempt = 0; attempt < seconds * 40; attempt++) {
      // Deliveries become events, so they are asked for first.
      const [{ count: waiting }] = await knex('webhook_deliveries')
        .where('state', 'pending')
        .count();
      const [{ count }] = await knex('events')
        .where('state', 'pending')
        .count();
      if (Number(count) + Number(waiting) === 0) return;
      await pause(25);
    }
    throw new Error(`Events are still pending after ${seconds} seconds`);
  };
  return {
    server,
    stop: () => backend.stop(),
    knex,
    audited,
    send,
    get,
    processed,
    serviceHeader: service,
    addEntities: catalog.add,
  };
}

/** A deployment that is valid. */
export function deployment(more: object = {}) {
  return {
    id: 'run-1',
    source: 'github-actions',
    service: 'component:default/checkout',
    environment: 'production',
    status: 'success',
    revision: '4f2c9e1',
    finishedAt: '2026-03-02T10:03:12Z',
    ...more,
  };
}

/** An incident that is valid. */
export function incident(more: object = {}) {
  return {
    id: 'inc-1',
    source: 'pager',
    service: 'component:default/checkout',
    status: 'open',
    openedAt: '2026-03-02T11:00:00Z',
    ...more,
  };
}
