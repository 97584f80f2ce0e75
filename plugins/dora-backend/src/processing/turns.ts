import type { ResolvedEvent } from '../database/PendingEvents';

/** Thrown before anything is derived; what was written is rolled back. @internal */
export class TooMuchAtOnce extends Error {
  constructor(
    /** By service: how many deployments there are to derive anew. */
    readonly costs: ReadonlyMap<string, number>,
  ) {
    super('These events change more than is derived in one transaction');
  }
}

/**
 * Parts events so that each part is about as many deployments as a transaction
 * may derive anew, the services with few of them first. One service's history
 * is not parted: what is stored of it has to be true after each transaction.
 * @internal
 */
export function turnsOf(
  events: readonly ResolvedEvent[],
  costs: ReadonlyMap<string, number>,
  most: number,
): ResolvedEvent[][] {
  const turnOf = new Map<string, number>();
  let turn = 0;
  let size = 0;
  for (const [ref, cost] of [...costs].sort(([, a], [, b]) => a - b)) {
    if (size > 0 && size + cost > most) {
      turn++;
      size = 0;
    }
    turnOf.set(ref, turn);
    size += cost;
  }
  const turns: ResolvedEvent[][] = [];
  for (const event of events) {
    const last = Math.max(0, ...event.found.map(ref => turnOf.get(ref) ?? 0));
    (turns[last] ??= []).push(event);
  }
  return turns.filter(each => each !== undefined);
}
