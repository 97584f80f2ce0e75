import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { Delivery } from '@waymark/plugin-platform-common';
import { Loaded } from '../../../hooks';
import { useMyComponents } from '../hooks';
import { Block } from './Block';
import { DeliveryState } from './DeliveryState';
import { Row, Rows } from './Rows';

function latestOf(
  deliveries: Loaded<Delivery[]>,
  { metadata }: Entity,
): Delivery | undefined {
  if (deliveries.status !== 'ready') return undefined;
  return deliveries.value.find(d => d.component === metadata.name);
}

/**
 * What the person's teams run, and how the latest delivery of each went.
 *
 * @internal
 */
export function MyComponents({
  deliveries,
}: {
  deliveries: Loaded<Delivery[]>;
}) {
  const { state, retry } = useMyComponents();
  const entityLink = useRouteRef(entityRouteRef);
  return (
    <Block
      title="Components of my teams"
      state={state}
      onRetry={retry}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <>
          Your teams own no component yet. Create a service, or{' '}
          <Link href="/catalog?filters%5Buser%5D=all">
            see what the others run
          </Link>
          .
        </>
      }
      aside={
        state.status === 'ready' &&
        state.value.totalItems > state.value.items.length && (
          <Link href="/catalog?filters%5Buser%5D=owned">
            All {state.value.totalItems}
          </Link>
        )
      }
    >
      {({ items }) => (
        <Rows label="Components of my teams">
          {items.map(entity => {
            const latest = latestOf(deliveries, entity);
            return (
              <Row
                key={stringifyEntityRef(entity)}
                href={entityLink?.(entityRouteParams(entity))}
                title={entity.metadata.title ?? entity.metadata.name}
                about={entity.metadata.description}
                end={latest && <DeliveryState status={latest.status} />}
              />
            );
          })}
        </Rows>
      )}
    </Block>
  );
}
