import { cacheDirectory } from '../../bootstrap/paths';
import { configuredCluster } from './configuredCluster';
import { findBinaries } from './findBinaries';
import { apiUrl, prepareIdentity } from './identity';
import { base64 } from './kubeconfig';
import { BUILT_VERSION } from './paths';

/** The name of the local cluster in the configuration. */
const NAME = 'local';

/** The parts of the overlay that tell the portal about the local cluster. @internal */
export interface ClusterConfig {
  /** Undefined where a cluster is configured already, which then replaces the local one. */
  readonly kubernetes?: object;
  readonly platformClusters?: object[];
}

/**
 * What the portal has to know about the local cluster, before it is up or even built: its port, certificate
 * and tokens are made up front. Only for when the cluster does not run.
 * @internal
 */
export async function clusterConfig(home: string): Promise<ClusterConfig> {
  if (await configuredCluster()) {
    return {};
  }
  const identity = await prepareIdentity(home);
  const binaries = await findBinaries({ cacheDirectory: cacheDirectory() });
  const minor = binaries?.minor ?? Number(BUILT_VERSION.split('.')[1]);
  return {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: NAME,
              title: 'Local cluster: containers are not started',
              url: apiUrl(identity),
              authProvider: 'serviceAccount',
              serviceAccountToken: identity.tokens.reader,
              caData: base64(identity.authority.certificate),
              skipTLSVerify: false,
              skipMetricsLookup: true,
            },
          ],
        },
      ],
      ...apiVersionOverrides(minor),
    },
    platformClusters: [
      { name: NAME, serviceAccountToken: identity.tokens.provisioner },
    ],
  };
}

/** Backstage asks for the current versions; older clusters serve earlier ones. */
function apiVersionOverrides(minor: number): object {
  const overrides = {
    ...(minor < 21 && { cronjobs: 'v1beta1' }),
    ...(minor < 23 && { horizontalpodautoscalers: 'v2beta2' }),
  };
  return Object.keys(overrides).length > 0
    ? { apiVersionOverrides: overrides }
    : {};
}
