import { InputError } from '@backstage/errors';

/** What a repository is called: its owner and its name. */
export type RepositoryName = { readonly owner: string; readonly name: string };

const NAME = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

const RULE =
  'Use lowercase letters, digits and hyphens, start with a letter, do not end with a hyphen, and use at most 63 characters.';

/** First path segments that the plugin's own routes use. */
const RESERVED_OWNERS = new Set(['api', 'v1']);

/**
 * Whether a name has the form of a platform name: the only names that ever become a path.
 * @internal
 */
export function isName(name: string): boolean {
  return NAME.test(name);
}

/**
 * Checks owner and name of a repository that is to be created.
 * @throws InputError with a sentence that says what is allowed.
 * @internal
 */
export function checkNewRepositoryName(repository: RepositoryName): void {
  if (!isName(repository.owner) || RESERVED_OWNERS.has(repository.owner)) {
    throw new InputError(
      `'${shorten(repository.owner)}' cannot own a repository. ${RULE}`,
    );
  }
  if (!isName(repository.name)) {
    throw new InputError(
      `'${shorten(
        repository.name,
      )}' cannot be the name of a repository. ${RULE}`,
    );
  }
}

/**
 * Whether a text can name a branch or a tag, or is a commit's SHA (git-check-ref-format).
 * Nothing that git would read as an expression (`@{1}`, `^`, `~`, `:`) or as an option passes.
 * @internal
 */
export function isRevision(revision: string): boolean {
  return (
    revision.length > 0 &&
    revision.length <= 255 &&
    // eslint-disable-next-line no-control-regex
    !/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//.test(revision) &&
    !/^[-/@]$|^[-/]|[/.]$/.test(revision) &&
    revision
      .split('/')
      .every(part => !part.startsWith('.') && !part.endsWith('.lock'))
  );
}

/**
 * Turns a path of a request into a path inside a repository; undefined when it is none.
 * The empty string is the root.
 * @internal
 */
export function parseTreePath(path: string): string | undefined {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  if (trimmed === '') {
    return '';
  }
  if (trimmed.includes('\0') || trimmed.length > 4096) {
    return undefined;
  }
  return trimmed
    .split('/')
    .some(part => part === '' || part === '.' || part === '..')
    ? undefined
    : trimmed;
}

function shorten(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?');
  return printable.length > 80 ? `${printable.slice(0, 80)}...` : printable;
}
