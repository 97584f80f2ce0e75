import { writeFileAtomic } from '../writeFileAtomic';

/**
 * How a part of the portal is doing, as its home page shows it.
 * @internal
 */
export interface PartStatus {
  state: string;
  message: string;
}

/**
 * Keeps a part's latest status in a file; `since` is when its state last changed.
 * @internal
 */
export function statusFile(file: string, now: () => Date = () => new Date()) {
  let latest: (PartStatus & { since: string }) | undefined;
  let writing: Promise<void> = Promise.resolve();
  return {
    report(status: PartStatus): void {
      const since =
        latest?.state === status.state ? latest.since : now().toISOString();
      const next = { ...status, since };
      latest = next;
      // one after the other, so that the last report is what stays
      writing = writing
        .then(() => writeFileAtomic(file, `${JSON.stringify(next)}\n`))
        .catch(() => undefined); // a full disk must not end the portal over its status
    },
    latest: () => latest,
    settled: () => writing,
  };
}

/** @internal */
export type StatusFile = ReturnType<typeof statusFile>;
