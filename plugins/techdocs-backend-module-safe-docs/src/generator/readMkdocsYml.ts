import { InputError } from '@backstage/errors';
import { constants, promises as fs } from 'node:fs';
import path from 'node:path';
import { isAlias, isNode, parseDocument, visit } from 'yaml';
import { isProvidedExtension } from './markdownExtensions';
import { safeNav } from './safeNav';

/**
 * What is taken over from a repository's mkdocs.yml. Whatever is not named here is left out.
 *
 * @internal
 */
export interface DocsSite {
  readonly siteName?: string;
  readonly siteDescription?: string;
  readonly language?: string;
  /** Relative to the repository, without leaving it. */
  readonly docsDir: string;
  readonly nav?: unknown[];
  /** A sentence for each thing that was asked for and left out. */
  readonly notes: readonly string[];
}

const MAX_BYTES = 256 * 1024;
const CORE_TAGS = 'tag:yaml.org,2002:';
const HANDLED = new Set([
  'site_name',
  'site_description',
  'docs_dir',
  'nav',
  'plugins',
  'markdown_extensions',
  'theme',
]);
const IGNORED_WITHOUT_NOTE = new Set([
  'site_url',
  'site_dir',
  'site_author',
  'repo_name',
  'repo_url',
  'edit_uri',
  'copyright',
  'dev_addr',
  'strict',
  'use_directory_urls',
]);
const PROVIDED_PLUGINS = new Set(['techdocs-core', 'search']);

/**
 * Reads a repository's mkdocs.yml (or mkdocs.yaml) by an allow-list.
 *
 * @throws InputError when the file cannot be used at all, in a sentence for its author.
 * @internal
 */
export async function readMkdocsYml(inputDir: string): Promise<DocsSite> {
  for (const name of ['mkdocs.yaml', 'mkdocs.yml']) {
    const text = await readRegularFile(path.join(inputDir, name), name);
    if (text !== undefined) {
      return readSite(parse(text, name), name);
    }
  }
  return { docsDir: 'docs', notes: [] };
}

async function readRegularFile(
  file: string,
  name: string,
): Promise<string | undefined> {
  const stat = await fs.lstat(file).catch(() => undefined);
  if (!stat) {
    return undefined;
  }
  if (!stat.isFile()) {
    throw new InputError(
      `${name} must be a regular file: a symbolic link or a folder is refused.`,
    );
  }
  if (stat.size > MAX_BYTES) {
    throw new InputError(
      `${name} has ${stat.size} bytes; at most ${MAX_BYTES} are read.`,
    );
  }
  const handle = await fs.open(
    file,
    // eslint-disable-next-line no-bitwise
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0),
  );
  try {
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function parse(text: string, name: string): Record<string, unknown> {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) {
    throw new InputError(
      `${name} is not valid YAML: ${document.errors[0].message}`,
    );
  }
  visit(document, (_key, node) => {
    if (isAlias(node)) {
      throw new InputError(
        `${name} uses the YAML alias *${node.source}. Aliases are refused in docs: write the value out.`,
      );
    }
    if (isNode(node) && node.tag && !node.tag.startsWith(CORE_TAGS)) {
      throw new InputError(refusedTag(name, node.tag));
    }
    if (isNode(node) && node.tag?.startsWith(`${CORE_TAGS}python/`)) {
      throw new InputError(refusedTag(name, node.tag));
    }
  });
  const value: unknown = document.toJS();
  if (value === undefined || value === null) {
    return {};
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new InputError(
      `${name} must be a list of settings, such as "site_name: Checkout".`,
    );
  }
  return value as Record<string, unknown>;
}

function refusedTag(name: string, tag: string): string {
  const shown = tag.replace(CORE_TAGS, '!!');
  return `${name} uses the YAML tag ${shown}. Tags are refused in docs because they run code or read the server's environment: write the value itself.`;
}

function readSite(settings: Record<string, unknown>, name: string): DocsSite {
  const notes: string[] = [];
  const text = (key: string) => {
    const value = settings[key];
    return typeof value === 'string' && value.trim()
      ? value.slice(0, 500)
      : undefined;
  };

  for (const key of Object.keys(settings)) {
    if (!HANDLED.has(key) && !IGNORED_WITHOUT_NOTE.has(key)) {
      notes.push(`${name}: "${key}" is left out. ${reasonFor(key)}`);
    }
  }
  noteNames(settings.plugins, n => PROVIDED_PLUGINS.has(n)).forEach(plugin =>
    notes.push(
      `${name}: the plugin "${plugin}" is left out. Docs are built with search alone, because plugins run code on the server.`,
    ),
  );
  noteNames(settings.markdown_extensions, isProvidedExtension).forEach(
    extension =>
      notes.push(
        `${name}: the Markdown extension "${extension}" is left out. The platform sets the extensions, without those that read files of the server.`,
      ),
  );
  noteTheme(settings.theme, name).forEach(note => notes.push(note));

  return {
    siteName: text('site_name'),
    siteDescription: text('site_description'),
    language: readLanguage(settings.theme),
    docsDir: readDocsDir(settings.docs_dir, name),
    nav:
      settings.nav === undefined || settings.nav === null
        ? undefined
        : safeNav(settings.nav, note => notes.push(`${name}: ${note}`)),
    notes,
  };
}

function reasonFor(key: string): string {
  switch (key) {
    case 'INHERIT':
      return 'It reads another file of the server.';
    case 'hooks':
      return 'It runs code on the server.';
    default:
      return 'Docs take site_name, site_description, docs_dir and nav from this file.';
  }
}

function noteNames(
  list: unknown,
  isProvided: (name: string) => boolean,
): string[] {
  if (list === undefined || list === null) {
    return [];
  }
  const entries = Array.isArray(list) ? list : [list];
  return entries
    .flatMap(entry =>
      typeof entry === 'object' && entry !== null
        ? Object.keys(entry)
        : [String(entry)],
    )
    .filter(entry => !isProvided(entry));
}

function noteTheme(theme: unknown, name: string): string[] {
  const keys =
    typeof theme === 'object' && theme !== null ? Object.keys(theme) : [];
  return keys.includes('custom_dir')
    ? [
        `${name}: theme.custom_dir is left out. Templates run code on the server; the portal has a theme of its own.`,
      ]
    : [];
}

function readLanguage(theme: unknown): string | undefined {
  const language =
    typeof theme === 'object' && theme !== null
      ? (theme as Record<string, unknown>).language
      : undefined;
  return typeof language === 'string' && /^[a-z]{2}$/.test(language)
    ? language
    : undefined;
}

function readDocsDir(value: unknown, name: string): string {
  if (value === undefined || value === null) {
    return 'docs';
  }
  const normal =
    typeof value === 'string' ? path.posix.normalize(value) : undefined;
  if (
    normal === undefined ||
    normal.includes('\0') ||
    normal.includes('\\') ||
    path.posix.isAbsolute(normal) ||
    normal.split('/')[0] === '..' ||
    normal.replace(/\/$/, '') === '.'
  ) {
    throw new InputError(
      `${name}: docs_dir is ${JSON.stringify(
        value,
      )}. It must be a folder inside the repository, such as "docs".`,
    );
  }
  return normal.replace(/\/$/, '');
}
