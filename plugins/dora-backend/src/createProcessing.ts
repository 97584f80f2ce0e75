import { isProduction, resolveOptions } from '@waymark/plugin-dora-common';
import type { DoraContext } from './context';
import type { DerivationService } from './derivation/DerivationService';
import { DatabaseIngestionService } from './ingestion/DatabaseIngestionService';
import { EventValidator } from './ingestion/EventValidator';
import { DeliveryProcessor } from './processing/DeliveryProcessor';
import { EventProcessor } from './processing/EventProcessor';
import type { ProcessEventsOptions } from './processing/processEvents';
import type { ServiceResolver } from './services/ServiceResolver';
import type { WebhookSource } from './sources';

/** The way of an event from the request to the facts. @internal */
export interface Processing extends ProcessEventsOptions {
  readonly ingestion: DatabaseIngestionService;
  readonly processor: EventProcessor;
}

/** Puts together what stores events and what works them off. @internal */
export function createProcessing(
  context: DoraContext,
  parts: {
    readonly derivation: DerivationService;
    readonly services: ServiceResolver;
    readonly sources: readonly WebhookSource[];
    readonly onProcessed: () => void;
  },
): Processing {
  const { config, database, logger, now } = context;
  const { derivation, services, sources, onProcessed } = parts;
  const engine = resolveOptions(config);
  const options: ProcessEventsOptions = {
    database,
    derivation,
    services,
    isProduction: name => isProduction(name, engine),
  };
  const validator = new EventValidator({
    now,
    retention: config.retention.events,
  });
  const processor = new EventProcessor({
    ...options,
    deliveries: new DeliveryProcessor({ ...context, sources, validator }),
    logger,
    onProcessed,
  });
  const wake = () => processor.wake();
  const ingestion = new DatabaseIngestionService({
    database,
    now,
    validator,
    wake,
  });
  return { ...options, ingestion, processor };
}
