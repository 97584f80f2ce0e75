import { secondsBetween } from '@waymark/plugin-dora-common';
import type { DeploymentRecord } from './DeploymentReader';
import type { ChangeRecord } from './DetailReader';
import { deploymentName, instant, type Named } from './sentences';
import { iso } from './toDeploymentAnswer';
import type { ChangeAnswer } from './wire';

/** Why none of a deployment's changes count; undefined where they may. */
function roleReason(
  row: DeploymentRecord,
): { code: string; message: string } | undefined {
  switch (row.role) {
    case 'redeployment':
      return {
        code: 'redeployment',
        message: 'Its revision was live already: nothing went live anew.',
      };
    case 'rollback':
      return {
        code: 'rollback',
        message: 'It is a rollback: its revision had been live before.',
      };
    case 'older':
      return {
        code: 'older',
        message:
          'Its revision is older than the one that was live: an ancestor of it.',
      };
    case 'unsuccessful':
      return {
        code: 'unsuccessful',
        message: 'The deployment, or its rollout, did not succeed.',
      };
    case 'first':
    case 'new':
      return undefined;
    default:
      return {
        code: 'not-counted',
        message: 'The deployment does not count.',
      };
  }
}

/** A commit with its lead time, or why it has none. @internal */
export function toChangeAnswer(
  change: ChangeRecord,
  row: DeploymentRecord,
  unitFinishedAt: Date | null,
  named: Named,
): ChangeAnswer {
  const began = change.first_committed_at ?? change.committed_at;
  const reason = reasonOf(change, row, unitFinishedAt, named);
  return {
    sha: change.sha,
    committedAt: change.committed_at.toISOString(),
    firstCommittedAt: iso(change.first_committed_at),
    leadSeconds:
      reason || !unitFinishedAt
        ? null
        : secondsBetween(began.getTime(), unitFinishedAt.getTime()),
    notCountedBecause: reason?.message ?? null,
    notCountedCode: reason?.code ?? null,
    liveSince: change.live_by,
    title: change.title,
    author: change.author,
    url: change.url,
    pullRequest: change.pull_request,
  };
}

function reasonOf(
  change: ChangeRecord,
  row: DeploymentRecord,
  unitFinishedAt: Date | null,
  named: Named,
): { code: string; message: string } | undefined {
  const byRole = roleReason(row);
  if (byRole) return byRole;
  if (change.live_by !== null) {
    const name = deploymentName(change.live_by, named);
    return {
      code: 'live-before',
      message: `It was live already: ${name} had brought it to production.`,
    };
  }
  const began = change.first_committed_at ?? change.committed_at;
  if (unitFinishedAt && began > unitFinishedAt) {
    return {
      code: 'change-after-deployment',
      message: `It is dated ${instant(
        began,
      )}, after the deployment finished at ${instant(
        unitFinishedAt,
      )}: one of the two clocks is wrong.`,
    };
  }
  return undefined;
}
