import { useState } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Card,
  CardBody,
  Text,
} from '@backstage/ui';
import type { Delivery } from '@waymark/plugin-platform-common';
import { formatAgo, formatDuration } from '../../time';
import styles from './Deliveries.module.css';
import { DeliverAgain } from './DeliverAgain';
import { DeliveryLog } from './DeliveryLog';
import { DeliveryStatusBadge } from './DeliveryStatusBadge';
import { RevisionLink } from './RevisionLink';

const TRIGGERS: Record<Delivery['trigger'], string> = {
  push: 'a push',
  namespace: 'a new namespace',
  reconcile: 'a push that was missed',
  manual: 'hand',
};

/** One delivery: where it stands, what it delivers where, and its log. @internal */
export function DeliveryItem(props: {
  readonly delivery: Delivery;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Given for the latest delivery of its namespace, which can be repeated. */
  readonly onDeliveredAgain?: () => void;
}) {
  const { delivery, now, onDeliveredAgain } = props;
  const [expanded, setExpanded] = useState(false);
  const started = delivery.startedAt ?? delivery.createdAt;
  return (
    <Card>
      <CardBody>
        <div className={styles.head}>
          <DeliveryStatusBadge status={delivery.status} />
          <Text weight="bold">
            {delivery.environment ?? delivery.namespace}
          </Text>
          {delivery.environment && (
            <Text color="secondary">{delivery.namespace}</Text>
          )}
          <RevisionLink
            repository={delivery.repository}
            revision={delivery.revision}
          />
          <Text color="secondary" className={styles.push}>
            <time dateTime={started} title={new Date(started).toLocaleString()}>
              {formatAgo(started, now)}
            </time>
            {lasted(delivery, now)}, by {TRIGGERS[delivery.trigger]}
          </Text>
        </div>
        {delivery.message && (
          <Text
            as="p"
            className={styles.message}
            color={delivery.status === 'failed' ? 'danger' : 'secondary'}
          >
            {delivery.message}
          </Text>
        )}
        {delivery.status === 'failed' && onDeliveredAgain && (
          <DeliverAgain
            namespace={delivery.namespace}
            onDelivered={onDeliveredAgain}
          />
        )}
        <Accordion isExpanded={expanded} onExpandedChange={setExpanded}>
          <AccordionTrigger
            title="Log"
            aria-label={`Log of the delivery to ${delivery.namespace}`}
          />
          <AccordionPanel>
            {expanded && <DeliveryLog id={delivery.id} />}
          </AccordionPanel>
        </Accordion>
      </CardBody>
    </Card>
  );
}

function lasted(delivery: Delivery, now: number): string {
  const { startedAt, finishedAt } = delivery;
  if (!startedAt) {
    return '';
  }
  return finishedAt
    ? `, took ${formatDuration(startedAt, Date.parse(finishedAt))}`
    : `, for ${formatDuration(startedAt, now)}`;
}
