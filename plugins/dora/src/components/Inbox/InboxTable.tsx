import { Button } from '@backstage/ui';
import type { InboxItem } from '../../api';
import { formatInstant } from '../../format';
import { browserTimezone } from '../../view';
import { type Column, DataTable } from '../TimeChart';
import styles from './Inbox.module.css';
import { keyOf } from './useReplay';

const KINDS: Record<InboxItem['kind'], string> = {
  event: 'Event',
  delivery: 'Webhook delivery',
  rejection: 'Rejected item',
};

/** What stands in the inbox. @internal */
export function InboxTable(props: {
  readonly items: readonly InboxItem[];
  /** What is being replayed. */
  readonly pending: string | undefined;
  /** Undefined: the person may not. */
  readonly onReplay?: (item: InboxItem) => void;
}) {
  return (
    <div className={styles.table}>
      <DataTable
        isTall
        caption="Events that do not count"
        columns={columns(props)}
        rows={props.items}
        rowKey={keyOf}
      />
    </div>
  );
}

function columns(options: {
  readonly pending: string | undefined;
  readonly onReplay?: (item: InboxItem) => void;
}): readonly Column<InboxItem>[] {
  const { pending, onReplay } = options;
  const timezone = browserTimezone();
  const replay: Column<InboxItem> = {
    title: 'Action',
    cell: item =>
      item.kind === 'rejection' ? (
        'Send it again'
      ) : (
        <Button
          size="small"
          variant="secondary"
          aria-label={`Replay ${KINDS[item.kind]} ${item.id}`}
          isPending={pending === keyOf(item)}
          onPress={() => onReplay?.(item)}
        >
          Replay
        </Button>
      ),
  };
  return [
    {
      title: 'Received',
      cell: item => formatInstant(item.receivedAt, timezone),
    },
    { title: 'Source', cell: item => item.source },
    { title: 'What', cell: item => KINDS[item.kind] },
    {
      title: 'Reason',
      cell: ({ reason, service }) => (
        <div className={styles.reason}>
          {reason ?? 'None was given'}
          {service && <div className={styles.quiet}>{service}</div>}
        </div>
      ),
    },
    {
      title: 'Beginning of what was sent',
      cell: item => <pre className={styles.excerpt}>{item.excerpt ?? ''}</pre>,
    },
    ...(onReplay ? [replay] : []),
  ];
}
