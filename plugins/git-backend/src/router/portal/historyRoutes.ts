import Router from 'express-promise-router';
import { z } from 'zod';
import { countCommits, listCommits } from '../../git/Commits';
import { diffCommits, mergeBase } from '../../git/Diff';
import { parseTreePath } from '../../names';
import type { RouterContext } from '../context';
import { parseInput } from '../parse';

const listQuery = z.object({
  ref: z.string().optional(),
  path: z
    .string()
    .default('')
    .transform(path => parseTreePath(path) ?? '/'),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  offset: z.coerce.number().int().min(0).default(0),
});
const compareQuery = z.object({
  base: z.string('the revision to compare with is needed').min(1),
  head: z.string('the revision to compare is needed').min(1),
});
const MAX_COMPARED = 100;

/**
 * Commits of a repository and what they changed.
 * @internal
 */
export function createHistoryRoutes(context: RouterContext) {
  const router = Router();
  const { git, folders, contents } = context;

  router.get('/repos/:owner/:name/commits', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const { ref, path, limit, offset } = parseInput(listQuery, req.query);
    const query = {
      head: await contents.commit(repository, ref),
      path: path || undefined,
    };
    const gitDir = folders.path(repository);
    const [totalItems, items] = await Promise.all([
      countCommits(git, gitDir, query),
      listCommits(git, gitDir, { ...query, limit, skip: offset }),
    ]);
    res.json({ items, totalItems });
  });

  router.get('/repos/:owner/:name/commits/:sha', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const gitDir = folders.path(repository);
    const head = await contents.commit(repository, req.params.sha);
    const [commit] = await listCommits(git, gitDir, { head, limit: 1 });
    res.json({
      commit,
      diff: await diffCommits(git, gitDir, { base: commit.parents[0], head }),
    });
  });

  router.get('/repos/:owner/:name/compare', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const input = parseInput(compareQuery, req.query);
    const gitDir = folders.path(repository);
    const base = await contents.commit(repository, input.base);
    const head = await contents.commit(repository, input.head);
    const [total, commits, origin] = await Promise.all([
      countCommits(git, gitDir, { base, head }),
      listCommits(git, gitDir, { base, head, limit: MAX_COMPARED }),
      mergeBase(git, gitDir, base, head),
    ]);
    res.json({
      base,
      head,
      totalCommits: total,
      commits,
      diff: await diffCommits(git, gitDir, { base: origin ?? base, head }),
    });
  });

  return router;
}
