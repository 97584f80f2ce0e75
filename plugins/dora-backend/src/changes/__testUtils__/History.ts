import { createHash } from 'node:crypto';

/** A commit of a made-up history. */
export interface FakeCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly date: string;
  readonly message: string;
  readonly files: readonly string[];
}

/** A made-up Git history that can be asked what git would be asked. */
export class History {
  readonly commits = new Map<string, FakeCommit>();

  /** Adds a commit an hour after the one before; returns its SHA. */
  commit(
    message: string,
    options: { parents?: string[]; files?: string[] } = {},
  ): string {
    const index = this.commits.size;
    const last = [...this.commits.keys()].at(-1);
    const sha = createHash('sha1').update(`${index} ${message}`).digest('hex');
    this.commits.set(sha, {
      sha,
      parents: options.parents ?? (last ? [last] : []),
      date: new Date(Date.UTC(2026, 0, 1, index)).toISOString(),
      message,
      files: options.files ?? [`file-${index}`],
    });
    return sha;
  }

  /** Adds so many commits; returns the last one's SHA. */
  grow(count: number): string {
    let sha = '';
    for (let index = 0; index < count; index += 1) {
      sha = this.commit(`Change ${index}`);
    }
    return sha;
  }

  /** `git log base..head`, newest first; undefined where a revision is unknown. */
  range(base: string, head: string): FakeCommit[] | undefined {
    if (!this.commits.has(base) || !this.commits.has(head)) return undefined;
    const excluded = this.reachable(base);
    return [...this.commits.values()]
      .filter(({ sha }) => this.reachable(head).has(sha) && !excluded.has(sha))
      .reverse();
  }

  /** `git log head -- path`, newest first. */
  touching(head: string, path: string): FakeCommit[] {
    const reachable = this.reachable(head);
    return [...this.commits.values()]
      .filter(
        ({ sha, files }) =>
          reachable.has(sha) &&
          files.some(file => file === path || file.startsWith(`${path}/`)),
      )
      .reverse();
  }

  readonly #reachable = new Map<string, Set<string>>();

  reachable(head: string): Set<string> {
    const known = this.#reachable.get(head);
    if (known) return known;
    const found = new Set<string>();
    const open = [head];
    for (let sha = open.pop(); sha; sha = open.pop()) {
      if (!found.has(sha)) {
        found.add(sha);
        open.push(...(this.commits.get(sha)?.parents ?? []));
      }
    }
    this.#reachable.set(head, found);
    return found;
  }
}
