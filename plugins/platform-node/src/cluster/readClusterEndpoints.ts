import { readFileSync } from 'node:fs';
import type { Config } from '@backstage/config';
import { ForwardedError } from '@backstage/errors';
import type { KubernetesEndpoint } from './KubernetesHttp';

/** The clusters under `kubernetes.clusterLocatorMethods`, by name. @internal */
export function readClusterEndpoints(
  config: Config,
): Map<string, KubernetesEndpoint> {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  const clusters = methods
    .filter(method => method.getString('type') === 'config')
    .flatMap(method => method.getConfigArray('clusters'));
  return new Map(
    clusters.map(cluster => {
      const name = cluster.getString('name');
      return [
        name,
        {
          name,
          url: cluster.getString('url'),
          ca: readAuthority(name, cluster),
          skipTlsVerify: cluster.getOptionalBoolean('skipTLSVerify'),
        },
      ];
    }),
  );
}

function readAuthority(name: string, cluster: Config): string | undefined {
  const data = cluster.getOptionalString('caData');
  const file = cluster.getOptionalString('caFile');
  if (data) {
    return Buffer.from(data, 'base64').toString('utf8');
  }
  if (!file) {
    return undefined;
  }
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ForwardedError(
      `The certificate authority of the cluster "${name}" (caFile) cannot be read`,
      error,
    );
  }
}
