import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { TreeEntry } from '../../git/Tree';
import type { Place } from '../../services/Contents';
import type { RouterContext } from '../context';
import { parseInput } from '../parse';
import { sendRaw } from '../raw';

const query = z.object({
  ref: z.string().optional(),
  path: z.string().max(4096).default(''),
});

/** Text that a page can show with line numbers without becoming slow. */
const MAX_SHOWN = 512 * 1024;
const README = /^readme(\.md|\.markdown|\.txt)?$/i;

/**
 * Folders and files of a repository.
 * @internal
 */
export function createBrowseRoutes(context: RouterContext) {
  const router = Router();
  const { contents } = context;

  router.get('/repos/:owner/:name/contents', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const { ref, path } = parseInput(query, req.query);
    const place = await contents.locate(repository, ref, path);
    const shared = {
      commit: place.commit,
      path: place.path,
      lastCommit: await contents.lastCommit(place),
    };
    const entries = await contents.list(place);
    if (entries) {
      res.json({
        ...shared,
        type: 'dir',
        entries: entries
          .map(({ mode: _mode, ...entry }) => entry)
          .sort(byKindAndName),
        readme: await readReadme(place, entries),
      });
      return;
    }
    res.json({ ...shared, ...(await describeEntry(place)) });
  });

  router.get('/repos/:owner/:name/raw', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const { ref, path } = parseInput(query, req.query);
    await sendRaw(context, res, await contents.locate(repository, ref, path));
  });

  async function describeEntry(place: Place) {
    const { entry } = place;
    if (!entry) {
      throw new NotFoundError('There is nothing here');
    }
    const { mode: _mode, ...shown } = entry;
    if (entry.type === 'submodule') {
      return shown;
    }
    if (entry.size > MAX_SHOWN) {
      return { ...shown, tooLarge: true };
    }
    const content = await contents.read(place, entry);
    if (entry.type === 'symlink') {
      return { ...shown, target: content.toString('utf8') };
    }
    const text = asText(content);
    return text === undefined ? { ...shown, binary: true } : { ...shown, text };
  }

  async function readReadme(place: Place, entries: readonly TreeEntry[]) {
    const entry = entries.find(
      ({ type, name, size }) =>
        type === 'file' && README.test(name) && size <= MAX_SHOWN,
    );
    const text = entry && asText(await contents.read(place, entry));
    return text === undefined ? undefined : { name: entry!.name, text };
  }

  return router;
}

/** The text of a file; undefined when it is not UTF-8 text. */
function asText(content: Buffer): string | undefined {
  if (content.includes(0)) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

function byKindAndName(
  a: { type: string; name: string },
  b: { type: string; name: string },
): number {
  const kind = Number(b.type === 'dir') - Number(a.type === 'dir');
  return kind || a.name.localeCompare(b.name, 'en');
}
