import { isProduction, resolveOptions } from '@waymark/plugin-dora-common';
import { startChanges } from './changes/startChanges';
import type { ChangesProviders } from './changes/ChangesProviders';
import type { DoraContext } from './context';
import { createDerivation } from './derivation/createDerivation';
import type { DerivationService } from './derivation/DerivationService';
import { InboxService } from './inbox/InboxService';
import { InboxStore } from './inbox/InboxStore';
import { DatabaseIngestionService } from './ingestion/DatabaseIngestionService';
import { EventValidator } from './ingestion/EventValidator';
import { SampleData } from './operations/SampleData';
import { SourceStore } from './operations/SourceStore';
import { DeliveryProcessor } from './processing/DeliveryProcessor';
import { EventProcessor } from './processing/EventProcessor';
import { CatalogServiceResolver } from './services/CatalogServiceResolver';
import { startBackground } from './startBackground';
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
  const { config, database, logger, now, rootConfig } = context;
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

  await startBackground({ ...context, ...processing, processor });
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
