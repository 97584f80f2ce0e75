import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { RepositoryName } from '../../api';

/**
 * The embedded host's repository that an entity's source is in; undefined when it is elsewhere.
 * @internal
 */
export function repositoryOf(entity: Entity): RepositoryName | undefined {
  const location =
    entity.metadata.annotations?.[ANNOTATION_SOURCE_LOCATION] ?? '';
  const match =
    /^url:https?:\/\/[^/]+\/api\/git\/([a-z][a-z0-9-]*)\/([a-z][a-z0-9-]*)\//.exec(
      location,
    );
  return match ? { owner: match[1], name: match[2] } : undefined;
}
