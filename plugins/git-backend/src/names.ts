import { InputError } from '@backstage/errors';

/** What a repository is called: its owner and its name. */
export type RepositoryName = { readonly owner: string; readonly name: string };

const NAME = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A repository is called like its service, so the platform's rule for names of services holds: this form, this length,
 * these reserved names. The host stands alone and has a copy of the rule; a test compares the two.
 */
const MAX_LENGTH = 50;
const RESERVED_NAMES = ['kube-*', 'default', 'waymark-system'];

const RULE =
  'Use lower-case letters, digits and hyphens, start with a letter, and end with a letter or digit';

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
      `'${shorten(
        repository.owner,
      )}' cannot own a repository. ${RULE}; at most 63 characters.`,
    );
  }
  if (!isName(repository.name) || repository.name.length > MAX_LENGTH) {
    throw new InputError(
      `'${shorten(
        repository.name,
      )}' cannot be the name of a repository. ${RULE}; at most ${MAX_LENGTH} characters.`,
    );
  }
  if (
    repository.name.startsWith('kube-') ||
    RESERVED_NAMES.includes(repository.name)
  ) {
    throw new InputError(
      `'${repository.name}' is reserved (${RESERVED_NAMES.join(
        ', ',
      )}); choose another name.`,
    );
  }
}

/**
 * Whether a text has the form of the whole name of an object, of 40 (SHA-1) or 64 (SHA-256) digits.
 * @internal
 */
export function isObjectName(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}

/**
 * Says why a branch or tag cannot have this full name; undefined when it can.
 * Names that git or the API would read as something else are refused.
 * @internal
 */
export function findRefProblem(ref: string): string | undefined {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
  if (!name) {
    return 'only branches and tags can be pushed';
  }
  const what = kind === 'heads' ? 'branch' : 'tag';
  if (isObjectName(name)) {
    return `a ${what} cannot be named like a commit's SHA, which would no longer name that commit; choose another name`;
  }
  if (name.startsWith('refs/') || name === 'HEAD') {
    return `a ${what} cannot be named '${shorten(
      name,
    )}', which git would take for another ref; choose a name that is not HEAD and does not start with refs/`;
  }
  if (name.startsWith('-')) {
    return `a ${what} cannot be named '${shorten(
      name,
    )}', which git would take for an option; choose a name that does not start with a hyphen`;
  }
  return isRevision(name)
    ? undefined
    : `'${shorten(
        name,
      )}' cannot name a ${what}; use at most 255 characters and see git help check-ref-format`;
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
