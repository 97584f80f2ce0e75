import type { EventProblem } from '@waymark/plugin-dora-common';
import { MAX_DEPTH } from './limits';

/**
 * Finds what no schema forbids and PostgreSQL cannot hold, or code that walks
 * the item could stumble over: NUL characters, halves of surrogate pairs, and
 * nesting without end. Does not recurse.
 * @internal
 */
export function findTextProblem(item: unknown): EventProblem | undefined {
  const open: { value: unknown; path: Path; depth: number }[] = [
    { value: item, path: undefined, depth: 0 },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string') {
      const message = problemOf(value);
      if (message) return { field: nameOf(path), message };
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= MAX_DEPTH) {
        return {
          field: nameOf(path),
          message: `${nameOf(path)} is nested deeper than ${MAX_DEPTH} levels.`,
        };
      }
      for (const [key, inner] of Object.entries(value)) {
        const inside = { parent: path, key };
        const message = problemOf(key);
        if (message)
          return { field: nameOf(path), message: `A key: ${message}` };
        open.push({ value: inner, path: inside, depth: depth + 1 });
      }
    }
  }
  return undefined;
}

type Path = { readonly parent: Path; readonly key: string } | undefined;

function problemOf(text: string): string | undefined {
  if (text.includes('\0')) {
    return 'The NUL character (\\u0000) cannot be stored: leave it out.';
  }
  if (!text.isWellFormed()) {
    return 'It holds half of a surrogate pair, which is no character: leave it out.';
  }
  return undefined;
}

function nameOf(path: Path): string {
  const keys: string[] = [];
  for (let at = path; at; at = at.parent) keys.unshift(at.key);
  const shown = keys.slice(0, 6).map(key => key.slice(0, 40).toWellFormed());
  return shown.join('.') || 'body';
}
