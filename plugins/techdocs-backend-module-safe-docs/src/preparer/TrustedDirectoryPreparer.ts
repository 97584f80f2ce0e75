import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  Entity,
  getEntitySourceLocation,
  parseLocationRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  getLocationForEntity,
  parseReferenceAnnotation,
  PreparerBase,
  PreparerOptions,
  PreparerResponse,
  transformDirLocation,
} from '@backstage/plugin-techdocs-node';
import { prepareLocalFolder } from './prepareLocalFolder';

const MANAGED_BY = 'backstage.io/managed-by-location';
const SOURCE = 'backstage.io/source-location';
const TECHDOCS_REF = 'backstage.io/techdocs-ref';

/**
 * Prepares docs of `backstage.io/techdocs-ref: dir:...`. A folder on the portal's machine is read
 * only for an entity that the catalog itself read from a file there. The annotation that the
 * framework goes by, `source-location`, is the repository's to write: with it, any repository
 * could name any folder of the server.
 *
 * @public
 */
export class TrustedDirectoryPreparer implements PreparerBase {
  readonly #integrations: ScmIntegrations;
  readonly #reader: UrlReaderService;

  constructor(options: {
    integrations: ScmIntegrations;
    reader: UrlReaderService;
  }) {
    this.#integrations = options.integrations;
    this.#reader = options.reader;
  }

  // Always a copy: what was downloaded, or the docs of a local folder.
  shouldCleanPreparedDirectory(): boolean {
    return true;
  }

  async prepare(
    entity: Entity,
    options?: PreparerOptions,
  ): Promise<PreparerResponse> {
    const managedBy = parseLocationRef(
      entity.metadata.annotations?.[MANAGED_BY] ?? 'unknown:',
    );
    if (managedBy.type !== 'file') {
      return await this.#readRepository(entity, options);
    }
    const { target } = transformDirLocation(
      withSource(entity, `file:${managedBy.target}`),
      parseReferenceAnnotation(TECHDOCS_REF, entity),
      this.#integrations,
    );
    return await prepareLocalFolder(target, options?.etag);
  }

  async #readRepository(
    entity: Entity,
    options?: PreparerOptions,
  ): Promise<PreparerResponse> {
    if (getEntitySourceLocation(entity).type !== 'url') {
      throw new NotAllowedError(
        `The annotation ${SOURCE} must be a url: an entity of a repository cannot point its docs to a folder on the portal's machine.`,
      );
    }
    const { target } = getLocationForEntity(entity, this.#integrations);
    const tree = await this.#reader.readTree(target, { etag: options?.etag });
    return { preparedDir: await tree.dir(), etag: tree.etag };
  }
}

function withSource(entity: Entity, source: string): Entity {
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: { ...entity.metadata.annotations, [SOURCE]: source },
    },
  };
}
