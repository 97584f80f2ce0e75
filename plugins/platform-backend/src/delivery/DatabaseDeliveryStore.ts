import { randomUUID } from 'node:crypto';
import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type {
  Delivery,
  DeliveryDetail,
  DeliveryLogLine,
} from '@waymark/plugin-platform-common';
import type { Knex } from 'knex';
import type {
  DeliveryFilter,
  DeliveryOutcome,
  DeliveryStore,
  NewDelivery,
  QueuedDelivery,
} from './DeliveryStore';
import { pruneDeliveries } from './pruneDeliveries';
import { supersedeQueued } from './supersedeQueued';
import {
  isUniqueViolation,
  toDelivery,
  toLogLine,
  toQueuedDelivery,
  type DeliveryRow,
  type LogRow,
} from './deliveryRows';

/** After this time without a heartbeat a worker counts as dead. */
const STALE_MS = 20_000;

/** What {@link DatabaseDeliveryStore} may be told. @internal */
export interface DeliveryStoreOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Whether deliveries are reported to another plugin: those that are not yet stay. */
  readonly reports?: boolean;
}

/** {@link DeliveryStore} in the plugin's database. @internal */
export class DatabaseDeliveryStore implements DeliveryStore {
  readonly #knex: Knex;
  readonly #now: () => number;
  readonly #reports: boolean;

  static async create(
    database: DatabaseService,
    options: DeliveryStoreOptions = {},
  ): Promise<DatabaseDeliveryStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@waymark/plugin-platform-backend',
          'migrations',
        ),
      });
    }
    return new DatabaseDeliveryStore(knex, options);
  }

  private constructor(knex: Knex, options: DeliveryStoreOptions) {
    this.#knex = knex;
    this.#now = options.now ?? Date.now;
    this.#reports = options.reports ?? false;
  }

  async enqueue(wanted: NewDelivery): Promise<Delivery> {
    const row: DeliveryRow = {
      id: randomUUID(),
      namespace: wanted.namespace,
      namespace_uid: wanted.namespaceUid,
      component: wanted.component,
      owner: wanted.owner,
      environment: wanted.environment,
      repository: wanted.repository,
      revision: wanted.revision,
      trigger: wanted.trigger,
      status: 'queued',
      created_at: this.#now(),
      rollout_id: wanted.rolloutId,
    };
    try {
      await this.#knex.transaction(async tx => {
        await supersedeQueued(tx, wanted, this.#now());
        await tx<DeliveryRow>('deliveries').insert(row);
      });
    } catch (error) {
      const waiting =
        isUniqueViolation(error) &&
        (await this.#knex<DeliveryRow>('deliveries')
          .where({ namespace: wanted.namespace, status: 'queued' })
          .first());
      if (!waiting) {
        throw error;
      }
      // Somebody queued one at the same moment; the later revision is found by the next reconciliation.
      return toDelivery(waiting);
    }
    await pruneDeliveries(this.#knex, wanted.namespace, {
      reports: this.#reports,
    });
    return toDelivery(row);
  }

  async latest(namespace: string) {
    const row = await this.#knex<DeliveryRow>('deliveries')
      .where({ namespace })
      .orderBy('created_at', 'desc')
      .first();
    return row && toQueuedDelivery(row);
  }

  async list(filter: DeliveryFilter): Promise<Delivery[]> {
    const query = this.#knex<DeliveryRow>('deliveries')
      .orderBy('created_at', 'desc')
      .limit(filter.limit);
    if (filter.namespace) {
      query.where('namespace', filter.namespace);
    }
    if (filter.component) {
      query.where('component', filter.component);
    }
    if (filter.owners) {
      query.whereIn('owner', [...filter.owners]);
    }
    return (await query).map(toDelivery);
  }

  async get(id: string): Promise<DeliveryDetail | undefined> {
    const row = await this.#knex<DeliveryRow>('deliveries')
      .where({ id })
      .first();
    if (!row) {
      return undefined;
    }
    const lines = await this.#knex<LogRow>('delivery_log')
      .where({ delivery_id: id })
      .orderBy('id');
    return { ...toDelivery(row), log: lines.map(toLogLine) };
  }

  async claim(): Promise<QueuedDelivery | undefined> {
    const waiting = await this.#knex<DeliveryRow>('deliveries')
      .where({ status: 'queued' })
      .whereNotIn(
        'namespace',
        this.#knex<DeliveryRow>('deliveries')
          .select('namespace')
          .where({ status: 'running' }),
      )
      .orderBy('created_at')
      .limit(10);
    for (const row of waiting) {
      const now = this.#now();
      const started = { started_at: now, heartbeat_at: now };
      try {
        const taken = await this.#knex<DeliveryRow>('deliveries')
          .where({ id: row.id, status: 'queued' })
          .update({ status: 'running', ...started });
        if (taken) {
          return toQueuedDelivery({ ...row, status: 'running', ...started });
        }
      } catch (error) {
        if (!isUniqueViolation(error)) {
          throw error;
        }
      }
    }
    return undefined;
  }

  async heartbeat(id: string): Promise<boolean> {
    const updated = await this.#knex<DeliveryRow>('deliveries')
      .where({ id, status: 'running' })
      .update({ heartbeat_at: this.#now() });
    return updated > 0;
  }

  async isOutdated(delivery: Delivery): Promise<boolean> {
    const newer = await this.#knex<DeliveryRow>('deliveries')
      .where({ namespace: delivery.namespace, status: 'queued' })
      .first();
    return newer !== undefined;
  }

  async log(id: string, line: Omit<DeliveryLogLine, 'at'>): Promise<void> {
    await this.#knex<LogRow>('delivery_log').insert({
      delivery_id: id,
      at: this.#now(),
      level: line.level,
      message: line.message,
    });
  }

  async logOnce(id: string, line: Omit<DeliveryLogLine, 'at'>): Promise<void> {
    const said = await this.#knex<LogRow>('delivery_log')
      .where({ delivery_id: id, message: line.message })
      .first();
    if (!said) {
      await this.log(id, line);
    }
  }

  async finish(id: string, outcome: DeliveryOutcome): Promise<void> {
    await this.#knex<DeliveryRow>('deliveries')
      .where({ id, status: 'running' })
      .update({ ...outcome, finished_at: this.#now() });
  }

  async release(id: string, reason: string): Promise<void> {
    const row = await this.#knex<DeliveryRow>('deliveries')
      .where({ id, status: 'running' })
      .first();
    if (!row) {
      return;
    }
    await this.logOnce(id, { level: 'warn', message: reason });
    if (await this.isOutdated(toDelivery(row))) {
      await this.finish(id, {
        status: 'superseded',
        message: 'A newer revision takes its place.',
      });
      return;
    }
    await this.#knex<DeliveryRow>('deliveries')
      .where({ id, status: 'running' })
      .update({ status: 'queued', message: reason });
  }

  async releaseStale(): Promise<number> {
    const stale = await this.#knex<DeliveryRow>('deliveries')
      .where({ status: 'running' })
      .where('heartbeat_at', '<', this.#now() - STALE_MS);
    for (const row of stale) {
      await this.release(
        row.id,
        'The portal was restarted; the delivery goes on.',
      );
    }
    return stale.length;
  }
}
