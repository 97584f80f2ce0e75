import type { KubernetesObject } from '@waymark/plugin-platform-common';
import { asList, asRecord, type Json } from './podTemplates';

const OUTSIDE_FIELDS = [
  'externalIPs',
  'externalName',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
];

/** Says where a Service or Ingress would take traffic that is not its own. @internal */
export function findNetworkProblems(object: KubernetesObject): string[] {
  const spec = asRecord(object.spec) ?? {};
  switch (object.kind) {
    case 'Service':
      return findServiceProblems(spec);
    case 'Ingress':
      return findIngressProblems(spec);
    default:
      return [];
  }
}

/** The hosts that an Ingress asks for. @internal */
export function ingressHosts(object: KubernetesObject): string[] {
  const spec = asRecord(object.spec) ?? {};
  const hosts = [
    ...asList(spec.rules).map(rule => asRecord(rule)?.host),
    ...asList(spec.tls).flatMap(each => asList(asRecord(each)?.hosts)),
  ];
  return [
    ...new Set(hosts.flatMap(each => (typeof each === 'string' ? [each] : []))),
  ];
}

function findServiceProblems(spec: Json): string[] {
  const { type = 'ClusterIP' } = spec;
  return [
    ...(type === 'ClusterIP'
      ? []
      : [
          `spec.type is ${String(
            type,
          )}; allowed is ClusterIP, and an Ingress takes what comes from outside`,
        ]),
    ...OUTSIDE_FIELDS.filter(field => isGiven(spec[field])).map(
      field => `spec.${field} is set; leave it out`,
    ),
    ...asList(spec.ports).flatMap((port, index) =>
      asRecord(port)?.nodePort
        ? [`spec.ports[${index}].nodePort is set; leave it out`]
        : [],
    ),
  ];
}

/** Without a host, a rule takes the requests of every host. */
function findIngressProblems(spec: Json): string[] {
  return [
    ...['backend', 'defaultBackend']
      .filter(field => isGiven(spec[field]))
      .map(
        field =>
          `spec.${field} takes the requests of every host; name the host in spec.rules`,
      ),
    ...asList(spec.rules).flatMap((rule, index) =>
      asRecord(rule)?.host
        ? []
        : [
            `spec.rules[${index}] has no host and takes the requests of every one; name the host`,
          ],
    ),
  ];
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
