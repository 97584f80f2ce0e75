import Router from 'express-promise-router';
import { z } from 'zod';
import type { Repository } from '../../database/RepositoryStore';
import { listCommits } from '../../git/Commits';
import { listBranches } from '../../git/Revisions';
import { actorOf, type RouterContext } from '../context';
import { parseInput } from '../parse';
import { createRepository, deleteRepository } from '../repositoryChanges';

const listQuery = z.object({
  owner: z.string().max(63).optional(),
  q: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});

const newRepository = z.object({
  owner: z.string('the name of a group is needed'),
  name: z.string('a name is needed'),
  description: z.string().optional(),
});

/**
 * Repositories as the list and the head of a repository's page show them.
 * @internal
 */
export function createRepositoryPageRoutes(context: RouterContext) {
  const router = Router();
  const { git, folders } = context;

  router.get('/repos', async (req, res) => {
    const { q, ...query } = parseInput(listQuery, req.query);
    const [{ items, totalItems }, owners] = await Promise.all([
      context.repositoryStore.list({ ...query, search: q }),
      context.repositoryStore.owners(),
    ]);
    res.json({ items: items.map(toSummary), totalItems, owners });
  });

  router.post('/repos', async (req, res) => {
    const input = parseInput(newRepository, req.body);
    const repository = await createRepository(
      context,
      req,
      actorOf(res),
      input,
    );
    res.status(201).json(toSummary(repository));
  });

  router.get('/repos/:owner/:name', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const gitDir = folders.path(repository);
    const [branches, size, mayPush] = await Promise.all([
      listBranches(git, gitDir),
      folders.size(repository),
      context.organisation.mayWrite(actorOf(res), repository.owner),
    ]);
    const head = branches.find(({ name }) => name === repository.defaultBranch);
    const [latestCommit] = head
      ? await listCommits(git, gitDir, { head: head.sha, limit: 1 })
      : [];
    res.json({
      ...toSummary(repository),
      branches,
      latestCommit,
      size,
      mayPush,
    });
  });

  router.delete('/repos/:owner/:name', async (req, res) => {
    await deleteRepository(context, req, actorOf(res), req.params);
    res.status(204).end();
  });

  function toSummary({ id: _id, ...repository }: Repository) {
    return {
      ...repository,
      cloneUrl: `${context.config.baseUrl}/${repository.owner}/${repository.name}.git`,
    };
  }

  return router;
}
