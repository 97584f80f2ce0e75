import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  GeneratorBase,
  GeneratorRunOptions,
  getLocationForEntity,
  PreparerBuilder,
  PublisherBase,
} from '@backstage/plugin-techdocs-node';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Builds and publishes the docs of one entity, unless they are those of its repository already.
 * The backend's own sync endpoint refuses to look twice within a minute, which a push has to.
 *
 * @internal
 */
export class DocsBuilder {
  readonly #options: {
    preparers: PreparerBuilder;
    generator: GeneratorBase;
    publisher: PublisherBase;
    integrations: ScmIntegrations;
    logger: LoggerService;
  };

  constructor(options: {
    preparers: PreparerBuilder;
    generator: GeneratorBase;
    publisher: PublisherBase;
    integrations: ScmIntegrations;
    logger: LoggerService;
  }) {
    this.#options = options;
  }

  async build(entity: Entity): Promise<'built' | 'unchanged'> {
    const { preparers, generator, publisher, integrations } = this.#options;
    const preparer = preparers.get(entity);
    const prepared = await preparer
      .prepare(entity, { etag: await this.#publishedEtag(entity) })
      .catch(error => {
        if (isError(error) && error.name === 'NotModifiedError') {
          return undefined;
        }
        throw error;
      });
    if (!prepared) {
      return 'unchanged';
    }

    const outputDir = await fs.mkdtemp(
      path.join(await fs.realpath(os.tmpdir()), 'techdocs-tmp-'),
    );
    try {
      await generator.run({
        inputDir: prepared.preparedDir,
        outputDir,
        parsedLocationAnnotation: getLocationForEntity(entity, integrations),
        etag: prepared.etag,
        logger: this.#buildLogger(entity),
        siteOptions: { name: entity.metadata.title ?? entity.metadata.name },
      });
      await publisher.publish({ entity, directory: outputDir });
      return 'built';
    } finally {
      await fs.rm(outputDir, { recursive: true, force: true });
      if (preparer.shouldCleanPreparedDirectory()) {
        await fs.rm(prepared.preparedDir, { recursive: true, force: true });
      }
    }
  }

  async #publishedEtag(entity: Entity): Promise<string | undefined> {
    const { publisher } = this.#options;
    if (!(await publisher.hasDocsBeenGenerated(entity))) {
      return undefined;
    }
    const metadata = await publisher
      .fetchTechDocsMetadata({
        kind: entity.kind,
        namespace: entity.metadata.namespace ?? 'default',
        name: entity.metadata.name,
      })
      .catch(() => undefined);
    return metadata?.etag;
  }

  /** The generator speaks to winston; four of its methods are all that it uses. */
  #buildLogger(entity: Entity): GeneratorRunOptions['logger'] {
    const logger = this.#options.logger.child({
      entity: stringifyEntityRef(entity),
    });
    return logger as unknown as GeneratorRunOptions['logger'];
  }
}
