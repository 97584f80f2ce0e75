import { startChanges } from './changes/startChanges';
import type { ChangesProviders } from './changes/ChangesProviders';
import type { DoraContext } from './context';
import { createProcessing } from './createProcessing';
import { createDerivation } from './derivation/createDerivation';
import type { DerivationService } from './derivation/DerivationService';
import { InboxService } from './inbox/InboxService';
import { InboxStore } from './inbox/InboxStore';
import type { IngestionService } from './ingestion/IngestionService';
import { SampleData } from './operations/SampleData';
import { SourceStore } from './operations/SourceStore';
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
  readonly ingestion: IngestionService;
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
  const { config, database, rootConfig } = context;
  const sourceSettings = readSourceSettings(rootConfig);
  const sources = createWebhookSources(sourceSettings);
  const services = new CatalogServiceResolver(context);
  const derivation = createDerivation(context);
  const changes = await startChanges({
    ...context,
    derivation,
    services,
    providers,
  });
  const processing = createProcessing(context, {
    derivation,
    services,
    sources,
    onProcessed: () => changes.wake(),
  });
  const { ingestion, processor } = processing;
  await subscribeToEvents({ ...context, ingestion, sources });
  await startBackground({ ...context, ...processing });
  const inboxStore = new InboxStore(database);
  const inbox = new InboxService({
    ingestion,
    store: inboxStore,
    wake: () => {
      services.forget();
      processor.wake();
    },
    retryChanges: () => changes.retryUnavailable(),
  });
  const samples = new SampleData({
    database,
    derivation,
    source: config.sampleSource,
  });
  const sourceStore = new SourceStore(database);
  return {
    derivation,
    inbox,
    inboxStore,
    ingestion,
    samples,
    sourceSettings,
    sourceStore,
    sources,
  };
}
