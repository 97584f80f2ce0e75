import { NotFoundError } from '@backstage/errors';
import type { Request, Response } from 'express';
import Router from 'express-promise-router';
import type { Repository } from '../../database/RepositoryStore';
import type { Place } from '../../services/Contents';
import { sendArchive } from '../archive';
import type { RouterContext } from '../context';
import { sendRaw } from '../raw';
import { toContents } from './models';

/**
 * Files and folders: as JSON, raw, and as an archive.
 * @internal
 */
export function createContentRoutes(context: RouterContext) {
  const router = Router();
  const { contents } = context;

  router.get('/repos/:owner/:name/contents*', async (req, res, next) => {
    const rest = (req.params as unknown as Record<string, string>)[0];
    if (rest !== '' && !rest.startsWith('/')) {
      next();
      return;
    }
    const repository = await context.repositories.get(req.params);
    const ref = refOf(req);
    const place = await contents.locate(repository, ref, rest);
    const lastCommit = await contents.lastCommit(place);
    res.setHeader(
      'Last-Modified',
      new Date(lastCommit.committer.date).toUTCString(),
    );
    const etag = `"${place.entry?.sha ?? place.commit}"`;
    res.setHeader('ETag', etag);
    res.setHeader('Cache-Control', 'private, no-cache');
    // Not `req.fresh`: fetch sends `no-cache` with a condition of one's own.
    if (req.get('if-none-match') === etag) {
      res.status(304).end();
      return;
    }
    res.json(
      await describe(repository, ref ?? repository.defaultBranch, place),
    );
  });

  router.get(
    ['/repos/:owner/:name/raw/*', '/repos/:owner/:name/media/*'],
    async (req: Request, res: Response) => {
      const repository = await context.repositories.get(
        req.params as { owner: string; name: string },
      );
      const place = await contents.locate(
        repository,
        refOf(req),
        req.params[0],
      );
      await sendRaw(context, res, place);
    },
  );

  router.get('/repos/:owner/:name/archive/*', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const [, ref, format] =
      /^(.+)\.(tar\.gz|zip)$/.exec((req.params as Record<string, string>)[0]) ??
      [];
    if (!ref) {
      throw new NotFoundError('Archives end with .tar.gz or .zip');
    }
    await sendArchive(context, res, {
      repository,
      commit: await contents.commit(repository, ref),
      format: format as 'tar.gz' | 'zip',
    });
  });

  async function describe(repository: Repository, ref: string, place: Place) {
    const entries = await contents.list(place);
    if (entries) {
      // The last commit of each entry would cost a walk through the history for each.
      return entries.map(entry =>
        toContents(context.config, repository, { entry, ref }),
      );
    }
    const { entry } = place;
    if (!entry) {
      throw new NotFoundError('There is nothing here');
    }
    const readable = entry.type === 'file' || entry.type === 'symlink';
    const content = readable ? await contents.read(place, entry) : undefined;
    return toContents(context.config, repository, {
      entry,
      ref,
      lastCommit: await contents.lastCommit(place),
      content: entry.type === 'file' ? content : undefined,
      target: entry.type === 'symlink' ? content?.toString('utf8') : undefined,
    });
  }

  return router;
}

function refOf(req: Request): string | undefined {
  const { ref } = req.query;
  return typeof ref === 'string' && ref !== '' ? ref : undefined;
}
