import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  Preparers,
  techdocsGeneratorExtensionPoint,
  techdocsPreparerExtensionPoint,
  techdocsPublisherExtensionPoint,
} from '@backstage/plugin-techdocs-node';
import { DocsBuilder } from './builder/DocsBuilder';
import { DocsQueue } from './builder/DocsQueue';
import { onPush } from './builder/onPush';
import { RepositoryEntities } from './builder/RepositoryEntities';
import { readSafeDocsConfig } from './config';
import { SafeTechdocsGenerator } from './generator/SafeTechdocsGenerator';
import { TrustedDirectoryPreparer } from './preparer/TrustedDirectoryPreparer';
import { createPublisher } from './publisher/createPublisher';

/**
 * Builds docs of repositories that nobody reviewed, safely, on registration and on push.
 *
 * @public
 */
export const techdocsModuleSafeDocs = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'safe-docs',
  register(env) {
    env.registerInit({
      deps: {
        generators: techdocsGeneratorExtensionPoint,
        preparers: techdocsPreparerExtensionPoint,
        publishers: techdocsPublisherExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        reader: coreServices.urlReader,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { auth, catalog, config, discovery, logger, reader } = deps;
        const safeDocs = readSafeDocsConfig(config);
        const integrations = ScmIntegrations.fromConfig(config);
        const generator = new SafeTechdocsGenerator({
          config,
          safeDocs,
          logger,
        });
        const dir = new TrustedDirectoryPreparer({ integrations, reader });
        deps.generators.setTechdocsGenerator(generator);
        deps.preparers.registerPreparer('dir', dir);
        const { publisher, replaces } = await createPublisher({
          config,
          logger,
          discovery,
        });
        if (replaces) {
          deps.publishers.registerPublisher(replaces, publisher);
        }

        const entities = new RepositoryEntities({
          auth,
          catalog,
          integrations,
        });
        const queue = safeDocs.builder.enabled
          ? await createQueue()
          : undefined;
        await deps.events.subscribe({
          id: 'waymark-docs',
          topics: ['git.push'],
          onEvent: event =>
            onPush(event.eventPayload, { entities, queue, logger }),
        });
        if (queue) {
          await deps.scheduler.scheduleTask({
            id: 'waymark-docs-builder',
            scope: safeDocs.builder.scope,
            initialDelay: { seconds: 3 },
            frequency: { milliseconds: safeDocs.builder.frequency },
            timeout: { minutes: 30 },
            fn: async () => queue.addDue(await entities.withDocs()),
          });
        }

        async function createQueue(): Promise<DocsQueue> {
          const all = await Preparers.fromConfig(config, { reader, logger });
          all.register('dir', dir);
          const builder = new DocsBuilder({
            preparers: all,
            generator,
            publisher,
            integrations,
            logger,
          });
          return new DocsQueue({
            build: entity => builder.build(entity),
            recheckAfter: safeDocs.builder.recheckAfter,
            logger,
          });
        }
      },
    });
  },
});
