import type { Request } from 'express';
import type { Repository } from '../database/RepositoryStore';
import type { RepositoryName } from '../names';
import { type Actor, actorName } from '../services/Actor';
import { auditable } from '../services/auditable';
import type { RouterContext } from './context';

/**
 * Makes a repository and leaves a trace of it.
 * @internal
 */
export async function createRepository(
  context: RouterContext,
  req: Request,
  actor: Actor,
  options: RepositoryName & { description?: string },
): Promise<Repository> {
  return audited(context, req, actor, 'repository-create', options, () =>
    context.repositories.create({ ...options, actor }),
  );
}

/**
 * Removes a repository and leaves a trace of it.
 * @internal
 */
export async function deleteRepository(
  context: RouterContext,
  req: Request,
  actor: Actor,
  name: RepositoryName,
): Promise<void> {
  const repository = await context.repositories.get(name);
  await audited(context, req, actor, 'repository-delete', name, () =>
    context.repositories.delete(repository, actor),
  );
}

async function audited<T>(
  context: RouterContext,
  req: Request,
  actor: Actor,
  eventId: string,
  name: RepositoryName,
  change: () => Promise<T>,
): Promise<T> {
  const event = await context.auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    request: auditable(req),
    meta: {
      actor: actorName(actor),
      repository: `${name.owner}/${name.name}`.slice(0, 200),
    },
  });
  try {
    const result = await change();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}
