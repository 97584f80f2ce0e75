import {
  RiCheckLine,
  RiCloseLine,
  RiLoader4Line,
  RiSkipForwardLine,
  RiTimeLine,
} from '@remixicon/react';
import type { DeliveryStatus } from '@waymark/plugin-platform-common';
import { Badge } from '@backstage/ui';
import styles from './Deliveries.module.css';

const LOOKS: Record<
  DeliveryStatus,
  { readonly title: string; readonly icon: JSX.Element; readonly tone: string }
> = {
  queued: { title: 'Queued', icon: <RiTimeLine />, tone: styles.neutral },
  running: { title: 'Running', icon: <RiLoader4Line />, tone: styles.running },
  succeeded: {
    title: 'Succeeded',
    icon: <RiCheckLine />,
    tone: styles.succeeded,
  },
  failed: { title: 'Failed', icon: <RiCloseLine />, tone: styles.failed },
  superseded: {
    title: 'Superseded',
    icon: <RiSkipForwardLine />,
    tone: styles.neutral,
  },
};

/** Where a delivery stands, in a word and a colour. @internal */
export function DeliveryStatusBadge(props: {
  readonly status: DeliveryStatus;
}) {
  const { title, icon, tone } = LOOKS[props.status];
  return (
    <Badge size="small" icon={icon} className={`${styles.badge} ${tone}`}>
      {title}
    </Badge>
  );
}
