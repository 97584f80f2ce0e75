import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { ClusterService } from './Cluster';
import { ConfiguredClusters } from './ConfiguredClusters';

/** The clusters that `platform.clusters` names; none configured is an empty list. @public */
export const clusterServiceRef = createServiceRef<ClusterService>({
  id: 'platform.cluster',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => ConfiguredClusters.fromConfig(config),
    }),
});
