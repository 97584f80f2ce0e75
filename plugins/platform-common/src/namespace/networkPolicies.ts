import type { NamespaceSettings, PeerSelector } from './options';

/** The name and spec of each NetworkPolicy of a namespace. @internal */
export function networkPolicySpecs(
  settings: NamespaceSettings,
): { name: string; spec: Record<string, unknown> }[] {
  return [
    {
      name: 'waymark-default-deny',
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    {
      name: 'waymark-allow-dns',
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [peer(settings.dns)],
            ports: [
              { protocol: 'UDP', port: 53 },
              { protocol: 'TCP', port: 53 },
            ],
          },
        ],
      },
    },
    {
      name: 'waymark-allow-same-namespace',
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }] }],
        egress: [{ to: [{ podSelector: {} }] }],
      },
    },
    {
      name: 'waymark-allow-ingress-controller',
      spec: ingressFrom(settings.ingress),
    },
    { name: 'waymark-allow-metrics', spec: ingressFrom(settings.metrics) },
  ];
}

function ingressFrom(selector: PeerSelector): Record<string, unknown> {
  return {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [peer(selector)] }],
  };
}

function peer(selector: PeerSelector): Record<string, unknown> {
  return {
    namespaceSelector: selector.namespaceSelector,
    ...(selector.podSelector && { podSelector: selector.podSelector }),
  };
}
