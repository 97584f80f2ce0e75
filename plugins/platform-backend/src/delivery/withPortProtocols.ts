import type { KubernetesObject } from '@waymark/plugin-platform-common';
import {
  asRecord,
  podTemplateOf,
  withContainers,
  withPodTemplate,
  type Json,
} from './podTemplates';

/**
 * Writes out the default protocol of ports: it is part of their key, and API servers before 1.21
 * refuse to apply an object that leaves it out.
 * @internal
 */
export function withPortProtocols(object: KubernetesObject): KubernetesObject {
  const spec = asRecord(object.spec);
  if (object.kind === 'Service' && spec) {
    return { ...object, spec: withPorts(spec) } as KubernetesObject;
  }
  const template = podTemplateOf(object);
  const podSpec = asRecord(template?.spec);
  return template && podSpec
    ? withPodTemplate(object, {
        ...template,
        spec: withContainers(podSpec, withPorts),
      })
    : object;
}

function withPorts(holder: Json): Json {
  const { ports } = holder;
  return Array.isArray(ports)
    ? {
        ...holder,
        ports: ports.map(port => ({ protocol: 'TCP', ...asRecord(port) })),
      }
    : holder;
}
