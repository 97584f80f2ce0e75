import type { KubernetesObject } from '@waymark/plugin-platform-common';
import {
  asList,
  asRecord,
  containersOf,
  podSpecPath,
  podTemplateOf,
  type Json,
} from './podTemplates';
import { findSecurityProblems } from './findSecurityProblems';

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const PROFILE_ANNOTATIONS = [
  'container.apparmor.security.beta.kubernetes.io/',
  'container.seccomp.security.alpha.kubernetes.io/',
  'seccomp.security.alpha.kubernetes.io/',
];

/**
 * Says where a workload breaks the pod security standard `restricted`. The
 * namespace enforces it as well, on clusters that have that admission; local
 * mode's API server is older.
 * @internal
 */
export function findPodProblems(object: KubernetesObject): string[] {
  const template = podTemplateOf(object);
  const spec = asRecord(template?.spec);
  if (!template || !spec) {
    return [];
  }
  const path = podSpecPath(object);
  return [
    ...HOST_NAMESPACES.flatMap(field =>
      spec[field] ? [`${path}.${field} is set; allowed is false`] : [],
    ),
    ...asList(spec.volumes).flatMap((volume, index) =>
      findVolumeProblems(asRecord(volume) ?? {}, `${path}.volumes[${index}]`),
    ),
    ...containersOf(spec).flatMap(({ at, container }) =>
      findHostPorts(container, `${path}.${at}`),
    ),
    ...findSecurityProblems(spec, path),
    ...findAnnotationProblems(template),
  ];
}

function findVolumeProblems(volume: Json, path: string): string[] {
  return Object.keys(volume)
    .filter(key => key !== 'name' && !VOLUMES.includes(key))
    .map(key => `${path} is of type ${key}; allowed are ${VOLUMES.join(', ')}`);
}

function findHostPorts(container: Json, path: string): string[] {
  return asList(container.ports).flatMap((port, index) =>
    asRecord(port)?.hostPort
      ? [`${path}.ports[${index}].hostPort is set; allowed is none`]
      : [],
  );
}

function findAnnotationProblems({ metadata }: Json): string[] {
  const annotations = asRecord(asRecord(metadata)?.annotations) ?? {};
  return Object.entries(annotations)
    .filter(
      ([key, value]) =>
        PROFILE_ANNOTATIONS.some(prefix => key.startsWith(prefix)) &&
        !/^(runtime\/default|docker\/default|localhost\/.*)$/.test(
          String(value),
        ),
    )
    .map(
      ([key]) =>
        `the annotation ${key} takes a profile away; allowed are runtime/default and localhost/...`,
    );
}
