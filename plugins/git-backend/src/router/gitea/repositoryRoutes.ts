import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Repository } from '../../database/RepositoryStore';
import { listRefs } from '../../git/Revisions';
import { isName } from '../../names';
import type { Actor } from '../../services/Actor';
import { actorOf, type RouterContext } from '../context';
import { createRepository, deleteRepository } from '../repositoryChanges';
import { parseInput } from '../parse';
import { toOrganisation, toRepository } from './models';
import { readPage, setTotal } from './paging';

const newRepository = z.object({
  name: z.string('a name is needed'),
  description: z.string().nullish(),
  default_branch: z
    .literal('main', 'the default branch is main')
    .or(z.literal(''))
    .nullish(),
});

/**
 * Organisations (groups of the catalog), the caller, and repositories.
 * @internal
 */
export function createRepositoryRoutes(context: RouterContext) {
  const router = Router();

  router.get('/user', (_req, res) => {
    const actor = actorOf(res);
    const login =
      actor.type === 'user'
        ? actor.userRef.slice(actor.userRef.lastIndexOf('/') + 1)
        : actor.subject;
    res.json({ id: 1, login, username: login, full_name: '', email: '' });
  });

  router.get('/orgs/:org', async (req, res) => {
    const { name, title } = await findOrganisation(context, req.params.org);
    res.json(toOrganisation(context.config, name, title));
  });

  router.get('/orgs/:org/repos', async (req, res) => {
    const { name } = await findOrganisation(context, req.params.org);
    const { items, totalItems } = await context.repositoryStore.list({
      owner: name,
      ...readPage(req),
    });
    setTotal(res, totalItems);
    res.json(await describeAll(context, actorOf(res), items));
  });

  router.post('/orgs/:org/repos', async (req, res) => {
    const input = parseInput(newRepository, req.body);
    const repository = await createRepository(context, req, actorOf(res), {
      owner: req.params.org,
      name: input.name,
      description: input.description ?? undefined,
    });
    res.status(201).json(await describe(context, actorOf(res), repository));
  });

  router.get('/repos/search', async (req, res) => {
    const q = typeof req.query.q === 'string' ? req.query.q : undefined;
    const { items, totalItems } = await context.repositoryStore.list({
      search: q,
      ...readPage(req),
    });
    setTotal(res, totalItems);
    res.json({
      ok: true,
      data: await describeAll(context, actorOf(res), items),
    });
  });

  router.get('/repos/:owner/:name', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    res.json(await describe(context, actorOf(res), repository));
  });

  router.delete('/repos/:owner/:name', async (req, res) => {
    await deleteRepository(context, req, actorOf(res), req.params);
    res.status(204).end();
  });

  return router;
}

async function findOrganisation(
  context: RouterContext,
  name: string,
): Promise<{ name: string; title?: string }> {
  const group = isName(name)
    ? await context.organisation.group(name)
    : undefined;
  if (!group) {
    throw new NotFoundError(
      `'${name}' is not a group of the catalog; a repository belongs to a Group of the default namespace`,
    );
  }
  return { name, title: group.metadata.title ?? group.metadata.description };
}

async function describeAll(
  context: RouterContext,
  actor: Actor,
  repositories: readonly Repository[],
) {
  return Promise.all(
    repositories.map(repository => describe(context, actor, repository)),
  );
}

async function describe(
  context: RouterContext,
  actor: Actor,
  repository: Repository,
) {
  const [refs, size, mayPush] = await Promise.all([
    listRefs(context.git, context.folders.path(repository)),
    context.folders.size(repository),
    context.organisation.mayWrite(actor, repository.owner),
  ]);
  return toRepository(context.config, repository, {
    empty: refs.length === 0,
    size,
    mayPush,
  });
}
