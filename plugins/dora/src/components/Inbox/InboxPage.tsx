import {
  Alert,
  Button,
  Container,
  Header,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { doraInboxReplayPermission } from '@waymark/plugin-dora-common';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { InboxState } from '../../api';
import { useDora, usePages } from '../../hooks';
import { rootRouteRef } from '../../routes';
import { LoadFailure } from '../LoadFailure';
import styles from './Inbox.module.css';
import { InboxTable } from './InboxTable';
import { useReplay } from './useReplay';

const STATES: readonly {
  readonly state: InboxState;
  readonly title: string;
  readonly meaning: string;
  readonly empty: string;
}[] = [
  {
    state: 'unmatched',
    title: 'Unmatched',
    meaning:
      'Their service is not in the catalog. They count by themselves once it is.',
    empty: 'Every event has found its service.',
  },
  {
    state: 'rejected',
    title: 'Rejected',
    meaning:
      'They could not be read. Correct them where they come from and send them again.',
    empty: 'Nothing was rejected.',
  },
  {
    state: 'pending',
    title: 'Pending',
    meaning: 'They are stored and wait to be processed.',
    empty: 'Nothing is waiting.',
  },
];

/** Events that do not count, with the reason and a way to replay them. @internal */
export function InboxPage() {
  const api = useDora();
  const root = useRouteRef(rootRouteRef);
  const [query, setQuery] = useSearchParams();
  const [attempt, setAttempt] = useState(0);
  const chosen =
    STATES.find(({ state }) => state === query.get('state')) ?? STATES[0];
  const pages = usePages(`${chosen.state} ${attempt}`, (cursor, signal) =>
    api.getInbox({ state: chosen.state, cursor }, signal),
  );
  const replay = useReplay(() => setAttempt(count => count + 1));
  const { allowed } = usePermission({ permission: doraInboxReplayPermission });
  return (
    <>
      <Header
        title="Inbox of events"
        description="Events that were kept and do not count, with the reason."
        breadcrumbs={[{ label: 'DORA metrics', href: root?.() ?? '/dora' }]}
      />
      <Container className={styles.page}>
        <div className={styles.head}>
          <ToggleButtonGroup
            aria-label="Which events"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[chosen.state]}
            onSelectionChange={keys =>
              setQuery({ state: String([...keys][0]) })
            }
          >
            {STATES.map(({ state, title }) => (
              <ToggleButton key={state} id={state}>
                {title}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          {allowed && pages.items.length > 0 && (
            <Button
              variant="secondary"
              isPending={replay.pending === 'all'}
              onPress={replay.all}
            >
              Replay all
            </Button>
          )}
        </div>
        <p className={styles.quiet}>{chosen.meaning}</p>
        {replay.failure && (
          <Alert
            role="alert"
            status="danger"
            icon
            title="It was not replayed"
            description={replay.failure}
          />
        )}
        {pages.error && (
          <LoadFailure
            title="The inbox could not be loaded"
            error={pages.error}
            onRetry={pages.loadMore}
          />
        )}
        {pages.state === 'loading' && pages.items.length === 0 && (
          <div aria-busy="true">
            <Skeleton width="100%" height={240} />
          </div>
        )}
        {pages.state === 'ready' && pages.items.length === 0 && (
          <p className={styles.quiet}>{chosen.empty}</p>
        )}
        {pages.items.length > 0 && (
          <InboxTable
            items={pages.items}
            pending={replay.pending}
            onReplay={allowed ? replay.one : undefined}
          />
        )}
        {pages.hasMore && (
          <Button
            className={styles.more}
            variant="secondary"
            onPress={pages.loadMore}
          >
            Load more
          </Button>
        )}
      </Container>
    </>
  );
}
