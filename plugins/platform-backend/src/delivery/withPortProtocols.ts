import type { KubernetesObject } from '@waymark/plugin-platform-common';
import { asRecord, podTemplateOf, withPodTemplate } from './podTemplates';

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
  if (!template || !podSpec) {
    return object;
  }
  const containers = Object.fromEntries(
    ['containers', 'initContainers'].flatMap(key => {
      const list = podSpec[key];
      return Array.isArray(list)
        ? [[key, list.map(each => withPorts(asRecord(each) ?? {}))]]
        : [];
    }),
  );
  return withPodTemplate(object, {
    ...template,
    spec: { ...podSpec, ...containers },
  });
}

function withPorts(holder: Record<string, unknown>): Record<string, unknown> {
  const { ports } = holder;
  return Array.isArray(ports)
    ? {
        ...holder,
        ports: ports.map(port => ({ protocol: 'TCP', ...asRecord(port) })),
      }
    : holder;
}
