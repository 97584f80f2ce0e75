import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Flex, Skeleton, Text } from '@backstage/ui';
import type { Delivery } from '@waymark/plugin-platform-common';
import { LoadFailure } from '../LoadFailure';
import styles from './Deliveries.module.css';
import { DeliveryItem } from './DeliveryItem';
import { useDeliveries } from './useDeliveries';

/** The tab "Deployments" of a component. @internal */
export function DeliveriesContent() {
  const { entity } = useEntity();
  const { result, retry, refresh } = useDeliveries(entity.metadata.name);

  if (result.state === 'loading') {
    return (
      <Flex direction="column" gap="3" aria-busy="true">
        <Skeleton width="100%" height={96} />
        <Skeleton width="100%" height={96} />
      </Flex>
    );
  }
  if (result.state === 'failed') {
    return (
      <LoadFailure
        title="The deployments could not be loaded"
        error={result.error}
        onRetry={retry}
      />
    );
  }
  if (result.value.length === 0) {
    return (
      <Alert
        status="info"
        icon
        title="There is no deployment to show"
        description="A push to main of the component's repository delivers the manifests in deploy/ to its namespaces. Deployments of other teams' components are shown to those teams."
      />
    );
  }
  const now = Date.now();
  return (
    <Flex direction="column" gap="3">
      <Text as="p" color="secondary">
        A push to main delivers the manifests in deploy/ to each of the
        component&apos;s namespaces.
      </Text>
      {result.stale && (
        <Alert
          status="warning"
          icon
          title="This may be out of date"
          description={result.stale.message}
        />
      )}
      <ul className={styles.list}>
        {result.value.map(delivery => (
          <li key={delivery.id}>
            <DeliveryItem
              delivery={delivery}
              now={now}
              onDeliveredAgain={
                isLatest(delivery, result.value) ? refresh : undefined
              }
            />
          </li>
        ))}
      </ul>
    </Flex>
  );
}

/** Deliveries come newest first. */
function isLatest(delivery: Delivery, all: readonly Delivery[]): boolean {
  return all.find(each => each.namespace === delivery.namespace) === delivery;
}
