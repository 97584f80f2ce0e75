import type { Knex } from 'knex';
import { lockWrites } from '../database/lockWrites';
import {
  PendingEvents,
  type PendingEvent,
  type ResolvedEvent,
} from '../database/PendingEvents';
import { RelatedEvents } from '../database/RelatedEvents';
import { ServiceStore } from '../database/ServiceStore';
import type {
  DerivationService,
  TouchedService,
} from '../derivation/DerivationService';
import type { ServiceResolver } from '../services/ServiceResolver';
import { firstInstants } from './firstInstants';
import { mergeBatch } from './mergeBatch';
import { countSince, rederiveInPortions } from './rederiveInPortions';
import { TooMuchAtOnce } from './turns';

/** What {@link processEvents} takes. @internal */
export interface ProcessEventsOptions {
  readonly database: Knex;
  readonly derivation: DerivationService;
  readonly services: ServiceResolver;
  readonly isProduction: (environment: string) => boolean;
  /** Deployments of several services that one transaction derives anew. Default: any number. */
  readonly most?: number;
}

const relatedEvents = new RelatedEvents();
const serviceStore = new ServiceStore();

/** Which services the events are about; asks the catalog. @internal */
export async function resolveEvents(
  events: readonly PendingEvent[],
  services: ServiceResolver,
): Promise<ResolvedEvent[]> {
  const existing = await services.existing(
    events.flatMap(event => event.serviceRefs ?? []),
  );
  const resolved: ResolvedEvent[] = [];
  for (const { id, serviceRefs = [], lookup } of events) {
    if (lookup) {
      resolved.push({ id, ...(await services.find(lookup)) });
    } else {
      const missing = serviceRefs.filter(ref => !existing.has(ref));
      resolved.push({
        id,
        found: serviceRefs.filter(ref => existing.has(ref)),
        problem:
          missing.length > 0
            ? `The catalog has no ${missing.join(
                ' and no ',
              )}: register it, and this counts.`
            : undefined,
      });
    }
  }
  return resolved;
}

/**
 * Counts events in one transaction: what they say is merged with what was said
 * before, and the facts are derived anew. Done twice, it is as done once.
 * @internal
 */
export async function processEvents(
  events: readonly ResolvedEvent[],
  options: ProcessEventsOptions,
): Promise<void> {
  await options.database.transaction(async trx => {
    await lockWrites(trx);
    const pending = new PendingEvents(options.database);
    const counted = await pending.settle(trx, events);
    if (counted.length === 0) return;
    const related = await relatedEvents.of(trx, counted);
    const serviceIds = await serviceStore.ensure(trx, [
      ...new Set(related.flatMap(servicesOf)),
    ]);
    const touched = await mergeBatch({
      ...options,
      trx,
      events: related,
      serviceIds,
    });
    await serviceStore.observe(trx, firstInstants(related, serviceIds));
    await checkCosts(trx, touched.list(), serviceIds, options.most);
    await rederiveInPortions(trx, touched.list(), options.derivation);
  });
}

/** @throws TooMuchAtOnce */
async function checkCosts(
  trx: Knex.Transaction,
  touched: readonly TouchedService[],
  serviceIds: ReadonlyMap<string, number>,
  most = Infinity,
): Promise<void> {
  if (touched.length < 2 || most === Infinity) return;
  const counts = await countSince(trx, touched);
  const costs = [...serviceIds].flatMap(([ref, id]) => {
    const count = counts.get(id);
    return count === undefined ? [] : [[ref, count] as const];
  });
  if (costs.reduce((sum, [, count]) => sum + count, 0) > most) {
    throw new TooMuchAtOnce(new Map(costs));
  }
}

function servicesOf(
  event:
    | { kind: 'deployment'; service: string }
    | { kind: 'incident'; services: readonly string[] },
): readonly string[] {
  return event.kind === 'incident' ? event.services : [event.service];
}
