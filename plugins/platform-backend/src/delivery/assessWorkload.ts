import type { KubernetesObject } from '@waymark/plugin-platform-common';
import { asRecord } from './podTemplates';

/** How far the rollout of one workload is. @internal */
export interface Assessment {
  readonly state: 'progressing' | 'ready' | 'failed';
  readonly message: string;
}

type Counts = Record<string, number | undefined>;

/** Judges a Deployment, StatefulSet or DaemonSet as `kubectl rollout status` does. @internal */
export function assessWorkload(workload: KubernetesObject): Assessment {
  const name = `${workload.kind} "${workload.metadata.name}"`;
  const status = (asRecord(workload.status) ?? {}) as Counts;
  if ((status.observedGeneration ?? 0) < (workload.metadata.generation ?? 0)) {
    return progressing(`${name} is being looked at by the cluster`);
  }
  if (workload.kind === 'DaemonSet') {
    return compare(
      name,
      status.desiredNumberScheduled ?? 0,
      status.updatedNumberScheduled ?? 0,
      status.numberAvailable ?? 0,
    );
  }
  const deadline = conditionsOf(workload).find(
    ({ type, reason }) =>
      type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
  if (deadline) {
    return {
      state: 'failed',
      message: `${name} made no progress in its deadline`,
    };
  }
  const wanted = Number(asRecord(workload.spec)?.replicas ?? 1);
  const updated = status.updatedReplicas ?? 0;
  const old = (status.replicas ?? 0) - updated;
  if (updated >= wanted && old > 0) {
    return progressing(`${name}: ${old} old replicas are being stopped`);
  }
  const available =
    workload.kind === 'StatefulSet'
      ? status.readyReplicas ?? 0
      : status.availableReplicas ?? 0;
  return compare(name, wanted, updated, Math.min(updated, available));
}

/** A condition of a workload or pod. @internal */
export interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The conditions of an object. @internal */
export function conditionsOf(object: KubernetesObject): readonly Condition[] {
  const conditions = asRecord(object.status)?.conditions;
  return Array.isArray(conditions) ? conditions : [];
}

function compare(
  name: string,
  wanted: number,
  updated: number,
  available: number,
): Assessment {
  if (updated >= wanted && available >= wanted) {
    return {
      state: 'ready',
      message: `${name} is rolled out: ${wanted} of ${wanted} replicas are up`,
    };
  }
  return progressing(`${name}: ${available} of ${wanted} replicas are up`);
}

function progressing(message: string): Assessment {
  return { state: 'progressing', message };
}
