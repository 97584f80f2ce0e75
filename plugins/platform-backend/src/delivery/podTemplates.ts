import type { KubernetesObject } from '@waymark/plugin-platform-common';

/** A JSON object. @internal */
export type Json = Record<string, unknown>;

/** The path from an object of a kind to its pod template. */
const TEMPLATE_PATHS: Record<string, readonly string[]> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  PodTemplate: ['template'],
  Pod: [],
};

const CONTAINER_LISTS = [
  'initContainers',
  'containers',
  'ephemeralContainers',
] as const;

/** The pod template of a workload, or the pod itself; undefined for other kinds. @internal */
export function podTemplateOf(object: KubernetesObject): Json | undefined {
  const path = TEMPLATE_PATHS[object.kind];
  return path && asRecord(getIn(object, path));
}

/** Where the pod's spec stands in an object, as in `spec.template.spec`. @internal */
export function podSpecPath(object: KubernetesObject): string {
  return [...(TEMPLATE_PATHS[object.kind] ?? []), 'spec'].join('.');
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

/** All containers of a pod's spec, each with its place, as in `containers[0]`. @internal */
export function containersOf(spec: Json): { at: string; container: Json }[] {
  return CONTAINER_LISTS.flatMap(list =>
    asList(spec[list]).map((each, index) => ({
      at: `${list}[${index}]`,
      container: asRecord(each) ?? {},
    })),
  );
}

/** A copy of a pod's spec with every container changed. @internal */
export function withContainers(
  spec: Json,
  change: (container: Json) => Json,
): Json {
  const changed = CONTAINER_LISTS.flatMap(list =>
    Array.isArray(spec[list])
      ? [[list, asList(spec[list]).map(each => change(asRecord(each) ?? {}))]]
      : [],
  );
  return { ...spec, ...Object.fromEntries(changed) };
}

/** A value as a record; undefined for everything else. @internal */
export function asRecord(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;
}

/** A value as a list; empty for everything else. @internal */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
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
