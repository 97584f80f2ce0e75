import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Delivery } from '@waymark/plugin-platform-common';
import { useMyDeliveries } from '../hooks';
import { Ago } from './Ago';
import { Block } from './Block';
import { DeliveryState } from './DeliveryState';
import { Row, Rows } from './Rows';

const SHOWN = 5;

function About({ delivery }: { delivery: Delivery }) {
  const { revision, namespace, createdAt, status, message } = delivery;
  return (
    <>
      {revision.slice(0, 7)} to {namespace}, <Ago instant={createdAt} />
      {status === 'failed' && message && <>: {message}</>}
    </>
  );
}

/**
 * The latest deliveries of the person's teams.
 *
 * @internal
 */
export function MyDeliveries({
  deliveries: { state, retry },
}: {
  deliveries: ReturnType<typeof useMyDeliveries>;
}) {
  const entityLink = useRouteRef(entityRouteRef);
  return (
    <Block
      title="Latest deliveries"
      state={state}
      onRetry={retry}
      isEmpty={items => items.length === 0}
      empty="Nothing has been delivered for your teams yet. A push to a repository's default branch is delivered here."
    >
      {items => (
        <Rows label="Latest deliveries">
          {items.slice(0, SHOWN).map(delivery => (
            <Row
              key={delivery.id}
              href={entityLink?.({
                kind: 'component',
                namespace: 'default',
                name: delivery.component,
              })}
              title={delivery.component}
              about={<About delivery={delivery} />}
              end={<DeliveryState status={delivery.status} />}
            />
          ))}
        </Rows>
      )}
    </Block>
  );
}
