import type { HumanDuration } from '@backstage/types';

/** A Kubernetes label selector, in its wire form. */
interface LabelSelector {
  matchLabels?: { [label: string]: string };
  matchExpressions?: Array<{
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values?: string[];
  }>;
}

/** Which pods a NetworkPolicy means. */
interface PeerSelector {
  namespaceSelector: LabelSelector;
  /** All pods of those namespaces, unless given. */
  podSelector?: LabelSelector;
}

/** What a namespace of one size may hold altogether. Parts left out keep their default. */
interface Size {
  cores?: number;
  /** GiB. */
  memoryGib?: number;
  pods?: number;
  /** PersistentVolumeClaims. */
  claims?: number;
  /** GiB, over all claims. */
  storageGib?: number;
}

export interface Config {
  platform?: {
    /** Groups or users (entity references) that run the platform: they see every team's deliveries. */
    administrators?: string[];

    /** The sizes of namespaces. Default: small 2 cores 4 GiB, medium 4/8, large 8/16, xlarge 16/32. */
    sizes?: { small?: Size; medium?: Size; large?: Size; xlarge?: Size };

    /**
     * What may be asked for. The first entry that matches decides; a request
     * that none matches may have every size.
     */
    limits?: Array<{
      kinds?: Array<'Namespace' | 'Repository'>;
      environments?: Array<'development' | 'staging' | 'production'>;
      /** Entity references of groups. */
      teams?: string[];
      /** An empty list allows nothing. */
      sizes: Array<'small' | 'medium' | 'large' | 'xlarge'>;
    }>;

    namespaces?: {
      /** The ClusterRole that the owning group gets. Default: edit. The provisioner needs `bind` on it. */
      ownerClusterRole?: string;
      /** The ClusterRole of the account that applies what a repository brings. Default: edit. */
      deliveryClusterRole?: string;
      /** Kubernetes group names by entity reference. Default: the entity reference itself. */
      groupNames?: { [entityRef: string]: string };
      /** Where the cluster's DNS runs. Default: pods k8s-app=kube-dns in kube-system. */
      dns?: PeerSelector;
      /** Where the ingress controller runs. Default: the namespace ingress-nginx. */
      ingress?: PeerSelector;
      /** Where the metrics scraper runs. Default: the namespace monitoring. */
      metrics?: PeerSelector;
    };

    localDelivery?: {
      /** Applies `deploy/*.yaml` of embedded repositories on push. Default: true with platform.git.provider embedded. */
      enabled?: boolean;
      /** How often pushes that were missed are looked for. Default: 30 seconds. */
      reconcileInterval?: HumanDuration;
      /** How long a rollout may take. Default: 3 minutes. */
      rolloutTimeout?: HumanDuration;
      /** How long a workload may be stuck for the same reason before its delivery fails. Default: 20 seconds. */
      stuckTimeout?: HumanDuration;
      /**
       * The id of the plugin that takes finished deliveries as deployment events, at its
       * `/v1/deployments`: `dora` for @waymark/plugin-dora-backend. Default: none.
       */
      reportTo?: string;
    };

    localCluster?: {
      /** The file in which local mode writes how its cluster is doing. */
      statusFile?: string;
    };

    docs?: {
      /** The file in which local mode writes whether it has the tools for docs. */
      statusFile?: string;
    };
  };
}
