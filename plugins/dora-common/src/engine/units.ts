import type { Change, Deployment } from './facts';

/**
 * What counts once in a service's history: a deployment, or the service's
 * deployments of one rollout.
 * @internal
 */
export interface Unit {
  /** Of the member that finished last. */
  readonly key: string;
  readonly id: string;
  readonly service: string;
  readonly members: readonly Deployment[];
  readonly rolloutId?: string;
  readonly finishedAt: number;
  readonly succeeded: boolean;
  readonly revision?: string;
  /** Undefined: not known (yet). */
  readonly changes?: readonly Change[];
  readonly remediates: readonly string[];
  readonly hotfix: boolean;
  readonly ancestorOf: readonly string[];
}

type Finished = Deployment & { readonly finishedAt: number };

function isFinished(deployment: Deployment): deployment is Finished {
  const { status, finishedAt } = deployment;
  return (
    (status === 'success' || status === 'failure') && finishedAt !== undefined
  );
}

/**
 * The order in which units went live: by finish, and by key where two
 * finished at once.
 * @internal
 */
export function byFinish(
  a: { readonly finishedAt: number; readonly key: string },
  b: { readonly finishedAt: number; readonly key: string },
): number {
  if (a.finishedAt !== b.finishedAt) return a.finishedAt - b.finishedAt;
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

/**
 * The units of one service in live order, from its production deployments;
 * attempts that have not finished, were cancelled or skipped are left out.
 * @internal
 */
export function unitsOf(deployments: readonly Deployment[]): readonly Unit[] {
  const rollouts = new Map<string, Finished[]>();
  const groups: Finished[][] = [];
  for (const deployment of deployments.filter(isFinished)) {
    const { rolloutId } = deployment;
    const rollout = rolloutId === undefined ? [] : rollouts.get(rolloutId);
    if (rollout && rolloutId !== undefined) {
      rollout.push(deployment);
      continue;
    }
    const group = [deployment];
    groups.push(group);
    if (rolloutId !== undefined) {
      rollouts.set(rolloutId, group);
    }
  }
  return groups.map(unitOf).sort(byFinish);
}

function unitOf(group: readonly Finished[]): Unit {
  const members = group.length === 1 ? group : [...group].sort(byFinish);
  const last = members[members.length - 1];
  return {
    key: last.key,
    id: last.id,
    service: last.service,
    members,
    rolloutId: last.rolloutId,
    finishedAt: last.finishedAt,
    succeeded: members.every(member => member.status === 'success'),
    revision: members.findLast(member => member.revision)?.revision,
    changes: changesOf(members),
    remediates: members.flatMap(member => member.remediates ?? []),
    hotfix: members.some(member => member.hotfix),
    ancestorOf: members.flatMap(member => member.ancestorOf ?? []),
  };
}

/** All members' changes, each once; undefined where no member knows any. */
function changesOf(members: readonly Deployment[]): Unit['changes'] {
  const known = members.filter(member => member.changes);
  const bySha = new Map(
    known.flatMap(member => member.changes!).map(c => [c.sha, c]),
  );
  return known.length === 0 ? undefined : [...bySha.values()];
}
