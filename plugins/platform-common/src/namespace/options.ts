import type { Environment } from '../environments';
import type { Size, SizeName } from '../sizes';

/** A Kubernetes label selector, in its wire form. @public */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** Which pods a NetworkPolicy means; a missing selector means all. @public */
export interface PeerSelector {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector?: LabelSelector;
}

/** What the platform team decides about every namespace. @public */
export interface NamespaceSettings {
  /** The ClusterRole that the owning group is bound to. */
  readonly ownerClusterRole: string;
  /** The ClusterRole that the delivery account is bound to. */
  readonly deliveryClusterRole: string;
  /** Kubernetes group names by entity reference; a group that is missing is called by its reference. */
  readonly groupNames: Readonly<Record<string, string>>;
  readonly dns: PeerSelector;
  readonly ingress: PeerSelector;
  readonly metrics: PeerSelector;
}

/** The settings, unless `platform.namespaces` says otherwise. @public */
export const DEFAULT_NAMESPACE_SETTINGS: NamespaceSettings = {
  ownerClusterRole: 'edit',
  deliveryClusterRole: 'edit',
  groupNames: {},
  dns: {
    namespaceSelector: inNamespace('kube-system'),
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  },
  ingress: { namespaceSelector: inNamespace('ingress-nginx') },
  metrics: { namespaceSelector: inNamespace('monitoring') },
};

/** What {@link namespaceObjects} takes. @public */
export interface NamespaceOptions {
  readonly name: string;
  /** Entity reference of the owning group. */
  readonly owner: string;
  readonly environment: Environment;
  readonly sizeName: SizeName;
  readonly size: Size;
  /** Defaults to the name of the owning group. */
  readonly costCenter?: string;
  readonly component?: string;
  /** The id of the request, a valid label value. */
  readonly request?: string;
  readonly settings: NamespaceSettings;
}

function inNamespace(name: string): LabelSelector {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}
