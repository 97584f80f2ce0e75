import {
  ANNOTATIONS,
  LABELS,
  MANAGED_BY,
  PROBES_REMOVED,
  type Delivery,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { Manifest } from './parseManifests';
import {
  asRecord,
  containersOf,
  podTemplateOf,
  withContainers,
  withPodTemplate,
  type Json,
} from './podTemplates';
import { withPortProtocols } from './withPortProtocols';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** Kinds whose pods are replaced when their template changes. @internal */
export const ROLLED_OUT_KINDS: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
];

/** Where and for whom manifests are made ready. @internal */
export interface PrepareOptions {
  readonly delivery: Delivery;
  /** The labels of the namespace. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** Takes out probes, which the hollow node would fail for ever. */
  readonly removeProbes: boolean;
}

/** Puts namespace, labels and revision on what a repository brings; workloads come last. @internal */
export function prepareManifests(
  manifests: readonly Manifest[],
  options: PrepareOptions,
): Manifest[] {
  const prepared = manifests.map(manifest => ({
    ...manifest,
    object: prepare(withPortProtocols(manifest.object), options),
  }));
  const isWorkload = ({ object }: Manifest) =>
    podTemplateOf(object) !== undefined;
  return [
    ...prepared.filter(each => !isWorkload(each)),
    ...prepared.filter(isWorkload),
  ];
}

function prepare(
  object: KubernetesObject,
  options: PrepareOptions,
): KubernetesObject {
  const { delivery } = options;
  const labels = ourLabels(options);
  const template = podTemplateOf(object);
  const ready = template && prepareTemplate(object.kind, template, options);
  const withTemplate =
    ready && object.kind !== 'Pod'
      ? withPodTemplate(object, ready.template)
      : object;
  return {
    ...withTemplate,
    ...(ready && object.kind === 'Pod' && { spec: ready.template.spec }),
    metadata: {
      ...object.metadata,
      namespace: delivery.namespace,
      labels: { ...object.metadata.labels, ...labels },
      annotations: {
        ...object.metadata.annotations,
        [ANNOTATIONS.ownerRef]: delivery.owner,
        [ANNOTATIONS.repository]: delivery.repository,
        [ANNOTATIONS.revision]: delivery.revision,
        ...(ready?.probesRemoved && {
          [ANNOTATIONS.probesRemoved]: PROBES_REMOVED,
        }),
      },
    },
  };
}

/** The revision on the pods makes each delivered commit a rollout, as a new image would. */
function prepareTemplate(
  kind: string,
  template: Json,
  options: PrepareOptions,
): { template: Json; probesRemoved: boolean } {
  const metadata = asRecord(template.metadata) ?? {};
  const given = asRecord(template.spec) ?? {};
  const spec = options.removeProbes
    ? withContainers(given, withoutProbes)
    : given;
  const removed = options.removeProbes && hasProbes(given);
  return {
    probesRemoved: removed,
    template: {
      ...template,
      spec,
      metadata: {
        ...metadata,
        labels: { ...asRecord(metadata.labels), ...ourLabels(options) },
        ...(ROLLED_OUT_KINDS.includes(kind) && {
          annotations: {
            ...asRecord(metadata.annotations),
            [ANNOTATIONS.revision]: options.delivery.revision,
          },
        }),
      },
    },
  };
}

function ourLabels(options: PrepareOptions): Record<string, string> {
  const { delivery, namespaceLabels } = options;
  const copied = [LABELS.owner, LABELS.costCenter, LABELS.environment];
  return {
    ...Object.fromEntries(
      copied.flatMap(label =>
        namespaceLabels[label] ? [[label, namespaceLabels[label]]] : [],
      ),
    ),
    [LABELS.managedBy]: MANAGED_BY,
    [LABELS.component]: delivery.component,
    [LABELS.kubernetesId]: delivery.component,
  };
}

function hasProbes(spec: Json): boolean {
  return containersOf(spec).some(({ container }) =>
    PROBES.some(probe => probe in container),
  );
}

function withoutProbes(container: Json): Json {
  return Object.fromEntries(
    Object.entries(container).filter(([key]) => !PROBES.includes(key)),
  );
}
