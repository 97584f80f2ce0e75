import { useEntity } from '@backstage/plugin-catalog-react';
import { Card, CardBody, CardHeader, Skeleton, Text } from '@backstage/ui';
import {
  ENVIRONMENTS,
  type Delivery,
  type Environment,
} from '@waymark/plugin-platform-common';
import { formatAgo } from '../../time';
import {
  DeliveryStatusBadge,
  RevisionLink,
  useDeliveries,
} from '../Deliveries';
import { LoadFailure } from '../LoadFailure';
import styles from './EnvironmentsCard.module.css';

/** Each namespace of a component with its latest delivery. @internal */
export function EnvironmentsCard() {
  const { entity } = useEntity();
  const { result, retry } = useDeliveries(entity.metadata.name);
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          Environments
        </Text>
      </CardHeader>
      <CardBody>
        {result.state === 'loading' && <Skeleton width="100%" height={60} />}
        {result.state === 'failed' && (
          <LoadFailure
            title="The environments could not be loaded"
            error={result.error}
            onRetry={retry}
          />
        )}
        {result.state === 'ready' && (
          <Namespaces latest={latestByNamespace(result.value)} />
        )}
      </CardBody>
    </Card>
  );
}

function Namespaces(props: { readonly latest: readonly Delivery[] }) {
  const { latest } = props;
  if (latest.length === 0) {
    return (
      <Text color="secondary">
        Nothing was delivered yet, or the component belongs to another team.
      </Text>
    );
  }
  return (
    <ul className={styles.list}>
      {latest.map(delivery => (
        <li key={delivery.namespace} className={styles.row}>
          <Text weight="bold">{delivery.environment ?? 'environment'}</Text>
          <Text color="secondary">{delivery.namespace}</Text>
          <DeliveryStatusBadge status={delivery.status} />
          <RevisionLink
            repository={delivery.repository}
            revision={delivery.revision}
          />
          <Text color="secondary">
            {formatAgo(delivery.finishedAt ?? delivery.createdAt, Date.now())}
          </Text>
        </li>
      ))}
    </ul>
  );
}

/** The newest delivery of each namespace, in the order of promotion. */
function latestByNamespace(deliveries: readonly Delivery[]): Delivery[] {
  const latest = new Map<string, Delivery>();
  for (const delivery of deliveries) {
    if (!latest.has(delivery.namespace)) {
      latest.set(delivery.namespace, delivery);
    }
  }
  const rank = ({ environment }: Delivery) =>
    ENVIRONMENTS.indexOf(environment as Environment);
  return [...latest.values()].sort((a, b) => rank(a) - rank(b));
}
