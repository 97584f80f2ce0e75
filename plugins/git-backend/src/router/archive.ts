import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Response } from 'express';
import type { Repository } from '../database/RepositoryStore';
import { GitError } from '../git/GitError';
import { actorOf, type RouterContext } from './context';

/**
 * Sends a commit as an archive whose files stand in one folder with the repository's name, as Gitea does.
 * @internal
 */
export async function sendArchive(
  context: RouterContext,
  res: Response,
  options: {
    repository: Repository;
    commit: string;
    format: 'tar.gz' | 'zip';
  },
): Promise<void> {
  const { repository, commit, format } = options;
  const { signal, leave } = await context.smartHttp.enter(
    'fetch',
    res,
    actorOf(res),
  );
  try {
    const args = [
      'archive',
      `--format=${format === 'zip' ? 'zip' : 'tar'}`,
      `--prefix=${repository.name}/`,
      commit,
    ];
    const child = context.git.start(args, {
      gitDir: context.folders.path(repository),
      signal,
    });
    child.stdin.end();
    child.stderr.resume();
    const closed = once(child, 'close');
    closed.catch(() => {});
    res.setHeader('ETag', `"${commit}"`);
    res.setHeader('Cache-Control', 'private, no-cache');
    res.setHeader(
      'Content-Disposition',
      `attachment; filename="${repository.name}-${commit.slice(
        0,
        8,
      )}.${format}"`,
    );
    res.type(format === 'zip' ? 'application/zip' : 'application/gzip');
    if (format === 'zip') {
      await pipeline(child.stdout, res, { end: false });
    } else {
      await pipeline(child.stdout, createGzip({ level: 6 }), res, {
        end: false,
      });
    }
    const [code] = await closed;
    if (code !== 0) {
      throw new GitError(args, 'the archive is incomplete', code ?? undefined);
    }
    res.end();
  } catch (error) {
    // Half an archive must not look like a whole one.
    res.destroy();
    if (!signal.aborted) {
      context.logger.error(
        `The archive of ${repository.owner}/${repository.name} failed`,
        error as Error,
      );
    }
  } finally {
    leave();
  }
}
