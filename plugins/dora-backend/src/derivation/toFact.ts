import type {
  DeploymentFacts,
  FailureReason,
  ReworkReason,
} from '@waymark/plugin-dora-common';
import { FLAGS } from '../facts/flags';
import { encodeSamples } from '../facts/samples';
import type { Ids } from './deriveExcerpt';
import type { FactReasons, FactRow, Job } from './Job';

/** The row of a unit's facts, but for whether its rollout spans other services. @internal */
export function toFact(
  fact: DeploymentFacts,
  of: {
    readonly job: Job;
    readonly ids: Ids;
    readonly touches: ReadonlyMap<string, readonly string[]>;
  },
): FactRow {
  const { job, ids, touches } = of;
  const samples = encodeSamples(fact.samples.map(({ seconds }) => seconds));
  return {
    deploymentId: ids.deployments.get(fact.key)!,
    view: job.view,
    serviceId: job.serviceId,
    finishedAt: fact.finishedAt,
    flags: flagsOf(fact, job),
    changesAfter: fact.changesAfterDeployment,
    environment: job.environment,
    lead: samples.lead,
    leadMore: samples.more,
    impactAt: fact.recovery?.impactAt,
    recoveredAt: fact.recovery?.recoveredAt,
    role: fact.role,
    revision: fact.revision,
    rolloutId: fact.rolloutId,
    reasons: reasonsOf(fact, ids),
    touches: touches.get(fact.key),
  };
}

function flagsOf(fact: DeploymentFacts, { view }: Job): number {
  const { succeeded, failures, rework, changesUnknown, samples } = fact;
  return (
    (succeeded ? FLAGS.succeeded : 0) +
    (failures.length > 0 ? FLAGS.failed : 0) +
    (rework.length > 0 ? FLAGS.rework : 0) +
    (changesUnknown ? FLAGS.changesUnknown : 0) +
    (view === '' ? FLAGS.everywhere : 0) +
    (encodeSamples(samples.map(s => s.seconds)).more ? FLAGS.large : 0)
  );
}

function reasonsOf(fact: DeploymentFacts, ids: Ids): FactReasons | undefined {
  const { failures, rework, rolloutId, samples, members } = fact;
  const reasons: FactReasons = {
    ...(failures.length > 0 && {
      failures: failures.map(reason => failureOf(reason, ids)),
    }),
    ...(rework.length > 0 && {
      rework: rework.map(reason => reworkOf(reason, ids)),
    }),
    ...(rolloutId !== undefined && {
      shas: samples.map(({ sha }) => sha),
      members: members.map(key => ids.deployments.get(key)!),
    }),
  };
  return Object.keys(reasons).length > 0 ? reasons : undefined;
}

function failureOf(reason: FailureReason, ids: Ids) {
  if (reason.kind === 'incident') {
    const incident = ids.incidents.get(reason.incident)!;
    return { kind: reason.kind, incident };
  }
  return 'by' in reason
    ? { kind: reason.kind, by: ids.deployments.get(reason.by)! }
    : { kind: reason.kind };
}

function reworkOf(reason: ReworkReason, ids: Ids) {
  if (reason.kind === 'rollback') {
    return { kind: reason.kind, to: ids.deployments.get(reason.to)! };
  }
  return reason.kind === 'remediation'
    ? { kind: reason.kind, of: reason.of }
    : { kind: reason.kind };
}
