import type { KubernetesObject } from '@waymark/plugin-platform-common';

type Json = Record<string, unknown>;

/** The path from an object of a kind to its pod template. */
const TEMPLATE_PATHS: Record<string, readonly string[]> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

/** The pod template of a workload, or the pod itself; undefined for other kinds. @internal */
export function podTemplateOf(object: KubernetesObject): Json | undefined {
  const path = TEMPLATE_PATHS[object.kind];
  return path && asRecord(getIn(object, path));
}

/** A copy of the workload with another pod template. @internal */
export function withPodTemplate(
  object: KubernetesObject,
  template: Json,
): KubernetesObject {
  return setIn(
    object,
    TEMPLATE_PATHS[object.kind] ?? [],
    template,
  ) as KubernetesObject;
}

/** A value as a record; undefined for everything else. @internal */
export function asRecord(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;
}

function getIn(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((each, key) => asRecord(each)?.[key], value);
}

function setIn(value: unknown, path: readonly string[], leaf: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) {
    return leaf;
  }
  const record = asRecord(value) ?? {};
  return { ...record, [key]: setIn(record[key], rest, leaf) };
}
