import { InputError } from '@backstage/errors';
import Router from 'express-promise-router';
import { countCommits, listCommits } from '../../git/Commits';
import { parseTreePath } from '../../names';
import type { RouterContext } from '../context';
import { toCommit } from './models';
import { readPage, setTotal } from './paging';

/** Commits that one comparison answers with at most; `total_commits` counts all. */
const MAX_COMPARED = 1_000;

/**
 * Commits: one, a history, and what one revision has and another has not.
 * @internal
 */
export function createCommitRoutes(context: RouterContext) {
  const router = Router();
  const { git, folders, contents } = context;

  router.get('/repos/:owner/:name/git/commits/*', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const head = await contents.commit(
      repository,
      (req.params as Record<string, string>)[0],
    );
    const [commit] = await listCommits(git, folders.path(repository), {
      head,
      limit: 1,
    });
    res.json(toCommit(context.config, repository, commit));
  });

  router.get('/repos/:owner/:name/commits', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const { limit, offset } = readPage(req);
    const path = parseTreePath(text(req.query.path) ?? '');
    if (path === undefined) {
      throw new InputError('path: this is not a path of a repository');
    }
    const query = {
      head: await contents.commit(repository, text(req.query.sha)),
      path: path || undefined,
    };
    const gitDir = folders.path(repository);
    setTotal(res, await countCommits(git, gitDir, query));
    const commits = await listCommits(git, gitDir, {
      ...query,
      limit,
      skip: offset,
    });
    res.json(
      commits.map(commit => toCommit(context.config, repository, commit)),
    );
  });

  router.get('/repos/:owner/:name/compare/*', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const [, base, head] =
      /^(.+?)\.{2,3}(.+)$/.exec((req.params as Record<string, string>)[0]) ??
      [];
    if (!base || !head) {
      throw new InputError(
        'Compare two revisions in the form base...head, for example main...feature',
      );
    }
    const query = {
      base: await contents.commit(repository, base),
      head: await contents.commit(repository, head),
    };
    const gitDir = folders.path(repository);
    const [total, commits] = await Promise.all([
      countCommits(git, gitDir, query),
      listCommits(git, gitDir, { ...query, limit: MAX_COMPARED }),
    ]);
    res.json({
      total_commits: total,
      commits: commits.map(commit =>
        toCommit(context.config, repository, commit),
      ),
    });
  });

  return router;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
