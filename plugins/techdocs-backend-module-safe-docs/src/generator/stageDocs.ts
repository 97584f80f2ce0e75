import { InputError } from '@backstage/errors';
import { constants, promises as fs } from 'node:fs';
import path from 'node:path';

/** @internal */
export interface StageOptions {
  /** The repository, as its host sent it: nothing in it is trusted. */
  readonly inputDir: string;
  /** Relative to `inputDir`. */
  readonly docsDir: string;
  /** An empty folder that takes the copy. */
  readonly targetDir: string;
  readonly maxFiles: number;
  /** Bytes of all files together. */
  readonly maxBytes: number;
}

/** What Markdown pages show or offer for download; nothing that a browser would run. */
const ALLOWED_EXTENSIONS = new Set(
  (
    'md markdown png jpg jpeg gif webp avif svg ico bmp pdf txt csv tsv json yaml yml toml ini ' +
    'proto graphql sql sh diff patch log zip tar gz mp4 webm mp3 ogg drawio puml mmd excalidraw'
  ).split(' '),
);
const MAX_MARKDOWN_BYTES = 2 * 1024 * 1024;
const MAX_DEPTH = 20;

/**
 * Copies the regular files of a repository's docs folder to a folder of their own, so that the
 * renderer finds nothing else: no symbolic link, no device, no file of the rest of the repository.
 *
 * @returns a sentence for each thing that was left out.
 * @throws InputError when there are no docs, or too many.
 * @internal
 */
export async function stageDocs(options: StageOptions): Promise<string[]> {
  const source = await findDocsDir(options);
  const notes: string[] = [];
  const total = { files: 0, bytes: 0 };
  await copyFolder('', 0);

  const start = await Promise.all(
    ['index.md', 'README.md'].map(name =>
      fs.lstat(path.join(options.targetDir, name)).catch(() => undefined),
    ),
  );
  if (!start.some(Boolean)) {
    throw new InputError(
      `The docs have no first page. Add ${
        options.docsDir
      }/index.md to the repository and push it.${
        notes.length > 0 ? ` ${notes.slice(0, 3).join(' ')}` : ''
      }`,
    );
  }
  return notes;

  async function copyFolder(relative: string, depth: number): Promise<void> {
    if (depth > MAX_DEPTH) {
      notes.push(
        `${shown(
          relative,
        )} is left out: it is nested deeper than ${MAX_DEPTH} folders.`,
      );
      return;
    }
    const entries = await fs.readdir(path.join(source, relative), {
      withFileTypes: true,
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = path.posix.join(relative, entry.name);
      if (entry.name.startsWith('.')) {
        continue;
      }
      if (entry.isSymbolicLink()) {
        notes.push(
          `${shown(
            child,
          )} is left out: it is a symbolic link. Docs are regular files of the docs folder.`,
        );
      } else if (entry.isDirectory()) {
        await copyFolder(child, depth + 1);
      } else if (entry.isFile()) {
        await copyFile(child);
      } else {
        notes.push(`${shown(child)} is left out: it is not a regular file.`);
      }
    }
  }

  async function copyFile(relative: string): Promise<void> {
    const extension = path.extname(relative).slice(1).toLowerCase();
    if (!ALLOWED_EXTENSIONS.has(extension)) {
      notes.push(
        `${shown(
          relative,
        )} is left out: docs carry Markdown, images and documents to download, not ${
          extension ? `.${extension} files` : 'files without an extension'
        }.`,
      );
      return;
    }
    const content = await readRegularFile(path.join(source, relative));
    if (content === undefined) {
      return;
    }
    total.files += 1;
    total.bytes += content.length;
    if (total.files > options.maxFiles || total.bytes > options.maxBytes) {
      throw new InputError(
        `The docs are too large: at most ${
          options.maxFiles
        } files and ${Math.floor(
          options.maxBytes / 1024 / 1024,
        )} MiB are rendered. Move large files out of ${options.docsDir}/.`,
      );
    }
    if (
      (extension === 'md' || extension === 'markdown') &&
      content.length > MAX_MARKDOWN_BYTES
    ) {
      throw new InputError(
        `${shown(relative)} has ${
          content.length
        } bytes; a page has at most ${MAX_MARKDOWN_BYTES}. Split it.`,
      );
    }
    const target = path.join(options.targetDir, relative);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, content, { flag: 'wx' });
  }

  async function readRegularFile(file: string): Promise<Buffer | undefined> {
    // NOFOLLOW and fstat on the open file: a link put there in the meantime is not followed.
    const handle = await fs.open(
      file,
      // eslint-disable-next-line no-bitwise
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0),
    );
    try {
      const stat = await handle.stat();
      if (!stat.isFile() || stat.size > options.maxBytes) {
        notes.push(`${path.basename(file)} is left out: it is too large.`);
        return undefined;
      }
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  }

  function shown(relative: string): string {
    return path.posix.join(options.docsDir, relative);
  }
}

async function findDocsDir(options: StageOptions): Promise<string> {
  const root = await fs.realpath(options.inputDir);
  const wanted = path.join(root, ...options.docsDir.split('/'));
  const actual = await fs.realpath(wanted).catch(() => undefined);
  if (actual === undefined) {
    throw new InputError(
      `The repository has no folder ${options.docsDir}/. Add ${options.docsDir}/index.md and push it.`,
    );
  }
  if (actual !== wanted) {
    throw new InputError(
      `The docs folder ${options.docsDir}/ is or lies behind a symbolic link, which is refused. Put the pages into the repository itself.`,
    );
  }
  if (!(await fs.lstat(actual)).isDirectory()) {
    throw new InputError(`${options.docsDir} is a file; docs are a folder.`);
  }
  return actual;
}
