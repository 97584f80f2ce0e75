import { isProduction, resolveOptions } from '@waymark/plugin-dora-common';
import { startChanges } from './changes/startChanges';
import type { ChangesProviders } from './changes/ChangesProviders';
import type { DoraContext } from './context';
import { createDerivation } from './derivation/createDerivation';
import type { DerivationService } from './derivation/DerivationService';
import { InboxService } from './inbox/InboxService';
import { InboxStore } from './inbox/InboxStore';
import { UnmatchedEvents } from './inbox/UnmatchedEvents';
import { DatabaseIngestionService } from './ingestion/DatabaseIngestionService';
import { EventValidator } from './ingestion/EventValidator';
import { applyProductionEnvironments } from './operations/applyProductionEnvironments';
import { Retention } from './operations/Retention';
import { SampleData } from './operations/SampleData';
import { SourceStore } from './operations/SourceStore';
import { DeliveryProcessor } from './processing/DeliveryProcessor';
import { EventProcessor } from './processing/EventProcessor';
import { CatalogServiceResolver } from './services/CatalogServiceResolver';
import {
  createWebhookSources,
  readSourceSettings,
  subscribeToEvents,
  type SourceSettings,
  type WebhookSource,
} from './sources';

/** What the routes delegate to. @internal */
export interface DoraParts {
  readonly derivation: DerivationService;
  readonly inbox: InboxService;
  readonly inboxStore: InboxStore;
  readonly ingestion: DatabaseIngestionService;
  readonly samples: SampleData;
  readonly sourceSettings: SourceSettings;
  readonly sourceStore: SourceStore;
  readonly sources: readonly WebhookSource[];
}

/** Puts the parts together, and has them work while the backend runs. @internal */
export async function createParts(
  context: DoraContext,
  providers: ChangesProviders,
): Promise<DoraParts> {
  const { config, database, lifecycle, logger, now, rootConfig } = context;
  const sourceSettings = readSourceSettings(rootConfig);
  const sources = createWebhookSources(sourceSettings);
  const validator = new EventValidator({
    now,
    retention: config.retention.events,
  });
  const services = new CatalogServiceResolver(context);
  const derivation = await createDerivation(context);
  const changes = await startChanges({
    ...context,
    derivation,
    services,
    providers,
  });
  const engine = resolveOptions(config);
  const processing = {
    database,
    derivation,
    services,
    isProduction: (name: string) => isProduction(name, engine),
  };
  const processor = new EventProcessor({
    ...processing,
    deliveries: new DeliveryProcessor({ ...context, sources, validator }),
    logger,
    onProcessed: () => changes.wake(),
  });
  const wake = () => processor.wake();
  const ingestion = new DatabaseIngestionService({
    database,
    now,
    validator,
    wake,
  });
  await subscribeToEvents({ ...context, ingestion, sources });
  const inboxStore = new InboxStore(database);
  const unmatched = new UnmatchedEvents({ database, services });
  const retention = new Retention({ ...context, derivation });

  lifecycle.addStartupHook(async () => {
    const changed = await applyProductionEnvironments(processing);
    if (changed.length > 0) {
      logger.info(
        `dora.productionEnvironments has changed: ${changed.join(
          ', ',
        )} counts differently now`,
      );
    }
    processor.start();
  });
  lifecycle.addShutdownHook(() => processor.stop());
  await context.scheduler.scheduleTask({
    id: 'dora-unmatched',
    frequency: { seconds: 30 },
    initialDelay: { seconds: 15 },
    timeout: { minutes: 5 },
    fn: async () => {
      if ((await unmatched.recheck()) > 0) wake();
    },
  });
  await context.scheduler.scheduleTask({
    id: 'dora-retention',
    frequency: { hours: 6 },
    initialDelay: { minutes: 5 },
    timeout: { hours: 2 },
    fn: async () => {
      const expired = await retention.run();
      if (Object.values(expired).some(count => count > 0)) {
        logger.info('Removed what was past its retention', { ...expired });
      }
    },
  });
  return {
    derivation,
    inbox: new InboxService({
      ingestion,
      store: inboxStore,
      wake: () => {
        services.forget();
        wake();
      },
      retryChanges: () => changes.retryUnavailable(),
    }),
    inboxStore,
    ingestion,
    samples: new SampleData({
      database,
      derivation,
      source: config.sampleSource,
    }),
    sourceSettings,
    sourceStore: new SourceStore(database),
    sources,
  };
}
