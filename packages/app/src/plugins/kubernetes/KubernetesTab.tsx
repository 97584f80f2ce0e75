import { fetchApiRef, useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { PlatformStatus } from '@waymark/plugin-platform-common';
import { Alert } from '@backstage/ui';
import { ReactNode } from 'react';
import { Loaded, useLoad } from '../../hooks';
import { fetchPlatformStatus } from '../../api';
import styles from './KubernetesTab.module.css';

const WHILE_STARTING = 3_000;

type Cluster = PlatformStatus['cluster'];

function isComingUp(cluster: Cluster): boolean {
  return (
    cluster.local &&
    (cluster.state === 'starting' || cluster.state === 'building')
  );
}

function Notice({ cluster }: { cluster: Cluster }) {
  if (isComingUp(cluster)) {
    return (
      <Alert
        role="status"
        status="info"
        isPending
        title="The local cluster is still coming up"
        description={`${cluster.message}. What runs on it shows here as soon as it answers.`}
      />
    );
  }
  if (cluster.local) {
    return (
      <Alert
        status="info"
        icon
        title="Local cluster: containers are not started"
        description="Its control plane is real and its node is hollow: pods are scheduled and reported as running, but there are no processes, logs or shells behind them."
      />
    );
  }
  return (
    <Alert
      status="info"
      icon
      title="Logs and shells are not part of the portal"
      description="The portal reads objects only. For logs, use kubectl logs with your own account."
    />
  );
}

/**
 * What runs for the entity on the cluster, and what to make of it.
 *
 * @internal
 */
export function KubernetesTab({ children }: { children: ReactNode }) {
  const fetchApi = useApi(fetchApiRef);
  const { entity } = useEntity();
  const { state } = useLoad(
    signal => fetchPlatformStatus(fetchApi, signal),
    [fetchApi, entity.metadata.uid],
    {
      again: (last: Loaded<PlatformStatus>) =>
        last.status === 'ready' && isComingUp(last.value.cluster)
          ? WHILE_STARTING
          : undefined,
    },
  );
  // Without an answer about the cluster its objects are still worth showing.
  const cluster = state.status === 'ready' ? state.value.cluster : undefined;
  return (
    <div className={styles.tab}>
      {cluster && <Notice cluster={cluster} />}
      {state.status !== 'loading' &&
        !(cluster && isComingUp(cluster)) &&
        children}
    </div>
  );
}
