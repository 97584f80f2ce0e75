import { createBackend } from '@backstage/backend-defaults';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import doraPlugin from '@waymark/plugin-dora-backend';
import { serviceRef } from '../dataset/options';

// The DORA plugin as it runs in the portal, with a catalog that answers at once.
const backend = createBackend();
const services = Number(process.env.BENCH_SERVICES);
backend.add(
  catalogServiceMock.factory({
    entities: Array.from({ length: services }, (_, service) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: serviceRef(service).split('/')[1],
        namespace: 'default',
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'team' },
    })),
  }),
);
backend.add(doraPlugin);
void backend.start();
