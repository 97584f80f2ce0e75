import {
  ANNOTATIONS,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import { conditionsOf } from './assessWorkload';
import { asRecord } from './podTemplates';

/** Why a rollout does not get on. @internal */
export interface Problem {
  readonly message: string;
  /** Whether waiting does not help: somebody has to change something. */
  readonly needsChange: boolean;
}

/** Waiting reasons that only a change of manifest or namespace ends. */
const NEEDS_CHANGE = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'InvalidImageName',
];
const WAITING_PROBLEMS = [
  ...NEEDS_CHANGE,
  'ErrImagePull',
  'ImagePullBackOff',
  'CrashLoopBackOff',
  'RunContainerError',
];
const EVENT_PROBLEMS = ['FailedMount', 'FailedCreate', 'FailedAttachVolume'];

/** Looks for what holds a workload's newest pods up: quota, missing Secrets, images, scheduling. @internal */
export async function findProblem(
  cluster: Cluster,
  workload: KubernetesObject,
  revision: string | undefined,
  signal?: AbortSignal,
): Promise<Problem | undefined> {
  const failure = conditionsOf(workload).find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  if (failure) {
    return {
      message: `pods cannot be created: ${failure.message ?? failure.reason}`,
      // Old pods that are still to go make room in the quota.
      needsChange: !hasOldPods(workload),
    };
  }
  const { namespace } = workload.metadata;
  const pods = await podsOf(cluster, workload, revision, signal);
  for (const pod of pods) {
    const problem = podProblem(pod);
    if (problem) {
      return problem;
    }
  }
  const stuck = pods.filter(pod => asRecord(pod.status)?.phase === 'Pending');
  const owned = [workload, ...stuck].map(each => each.metadata.name);
  if (pods.length > 0 && stuck.length === 0) {
    return undefined;
  }
  const events = await cluster.list(
    { apiVersion: 'v1', kind: 'Event', namespace },
    { signal },
  );
  return eventProblem(events, owned);
}

function hasOldPods(workload: KubernetesObject): boolean {
  const { replicas, updatedReplicas } = asRecord(workload.status) ?? {};
  return Number(replicas ?? 0) > Number(updatedReplicas ?? 0);
}

async function podsOf(
  cluster: Cluster,
  workload: KubernetesObject,
  revision: string | undefined,
  signal?: AbortSignal,
): Promise<KubernetesObject[]> {
  const selector = asRecord(asRecord(workload.spec)?.selector);
  const labels = Object.entries(asRecord(selector?.matchLabels) ?? {});
  if (labels.length === 0) {
    return [];
  }
  const pods = await cluster.list(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: workload.metadata.namespace,
      labelSelector: labels.map(([key, value]) => `${key}=${value}`).join(','),
    },
    { signal },
  );
  return pods.filter(
    ({ metadata }) =>
      !metadata.deletionTimestamp &&
      (!revision || metadata.annotations?.[ANNOTATIONS.revision] === revision),
  );
}

function podProblem(pod: KubernetesObject): Problem | undefined {
  const status = asRecord(pod.status) ?? {};
  const name = `pod "${pod.metadata.name}"`;
  const containers = [
    status.initContainerStatuses,
    status.containerStatuses,
  ].flatMap(list => (Array.isArray(list) ? list : []));
  for (const container of containers) {
    const waiting = asRecord(asRecord(asRecord(container)?.state)?.waiting);
    const reason = String(waiting?.reason ?? '');
    if (WAITING_PROBLEMS.includes(reason)) {
      const detail = waiting?.message ? `: ${waiting.message}` : '';
      return {
        message: `${name} does not start (${reason}${detail})`,
        needsChange: NEEDS_CHANGE.includes(reason),
      };
    }
  }
  const unscheduled = conditionsOf(pod).find(
    each => each.type === 'PodScheduled' && each.status === 'False',
  );
  return unscheduled
    ? {
        message: `${name} finds no node: ${
          unscheduled.message ?? unscheduled.reason
        }`,
        needsChange: false,
      }
    : undefined;
}

function eventProblem(
  events: readonly KubernetesObject[],
  names: readonly string[],
): Problem | undefined {
  const found = events
    .filter(event => {
      const about = String(asRecord(event.involvedObject)?.name ?? '');
      return (
        event.type === 'Warning' &&
        EVENT_PROBLEMS.includes(String(event.reason)) &&
        names.includes(about)
      );
    })
    .at(-1);
  return found
    ? {
        message: `${String(
          asRecord(found.involvedObject)?.kind ?? 'object',
        ).toLowerCase()} "${
          asRecord(found.involvedObject)?.name
        }" does not start (${found.reason}: ${found.message})`,
        needsChange: true,
      }
    : undefined;
}
