import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { DocsQueue } from './DocsQueue';
import { RepositoryEntities } from './RepositoryEntities';

/** The part of a `git.push` event that is used here. */
interface PushPayload {
  readonly owner: string;
  readonly repo: string;
  readonly branch?: string;
  readonly defaultBranch?: string;
}

/**
 * After a push to a default branch: has the catalog read the repository's entities again, and
 * builds their docs.
 *
 * @internal
 */
export async function onPush(
  payload: unknown,
  options: {
    entities: RepositoryEntities;
    queue: DocsQueue | undefined;
    logger: LoggerService;
  },
): Promise<void> {
  if (!isPush(payload) || payload.branch !== payload.defaultBranch) {
    return;
  }
  const { entities, queue, logger } = options;
  const { owner, repo } = payload;
  try {
    const affected = await entities.ofRepository(owner, repo);
    for (const entity of affected) {
      await entities.refresh(stringifyEntityRef(entity));
    }
    const documented = affected.filter(
      entity => entity.metadata.annotations?.['backstage.io/techdocs-ref'],
    );
    // Not awaited: a long build must not hold back the next event.
    queue?.add(documented).catch(() => undefined);
  } catch (error) {
    logger.warn(
      `The catalog was not refreshed after a push to ${owner}/${repo}: ${
        isError(error) ? error.message : error
      }`,
    );
  }
}

function isPush(payload: unknown): payload is PushPayload {
  const push = payload as Partial<PushPayload> | undefined;
  return typeof push?.owner === 'string' && typeof push.repo === 'string';
}
