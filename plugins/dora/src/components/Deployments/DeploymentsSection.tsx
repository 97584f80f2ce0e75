import { Button, Select, Skeleton } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import type { FailedDeploymentRecoveryTime } from '@waymark/plugin-dora-common';
import type { ComponentProps, RefObject } from 'react';
import type { WindowQuery } from '../../api';
import { useDora, usePages, type ViewState } from '../../hooks';
import type { Show } from '../../view';
import { LoadFailure } from '../LoadFailure';
import styles from './Deployments.module.css';
import { DeploymentTable } from './DeploymentTable';
import { findDeployments } from './findDeployments';
import { IncidentTable } from './IncidentTable';
import { MoreButton } from './MoreButton';
import { OngoingList } from './OngoingList';

const FILTERS: { value: Show; label: string }[] = [
  { value: 'all', label: 'All deployments' },
  { value: 'failed', label: 'Failed' },
  { value: 'rework', label: 'Rework' },
  { value: 'changes', label: 'With new changes' },
  { value: 'recovery', label: 'Failed, and incidents' },
];

const EMPTY: Record<Show, string> = {
  all: 'No deployment finished in this period.',
  failed: 'No deployment of this period failed.',
  rework: 'No deployment of this period was rework.',
  changes: 'No deployment of this period is known to have brought new changes.',
  recovery: 'No deployment of this period failed.',
};

/** The deployments behind the numbers. @internal */
export function DeploymentsSection(props: {
  readonly state: ViewState;
  readonly query: WindowQuery;
  readonly timezone: string;
  /** Name of the bucket that the query is about; undefined for the whole period. */
  readonly bucketTitle?: string;
  readonly heading: RefObject<HTMLHeadingElement>;
  /** Failures that are not over at the end of the whole period. */
  readonly ongoing: FailedDeploymentRecoveryTime['ongoing'];
}) {
  const { state, query, timezone, bucketTitle, heading } = props;
  const { view, change } = state;
  const api = useDora();
  const asked = { ...query, shown: view.show };
  const pages = usePages(JSON.stringify(asked), (cursor, signal) =>
    findDeployments(api, { ...asked, cursor }, signal),
  );
  const mixed = query.scope.kind !== 'service';
  const open = (id: string) => change({ deployment: id });
  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.title} ref={heading} tabIndex={-1}>
          Deployments
        </h2>
        <Filter state={state} bucketTitle={bucketTitle} />
      </div>
      {pages.error && (
        <LoadFailure
          title="The deployments could not be loaded"
          error={pages.error}
          onRetry={pages.loadMore}
        />
      )}
      {pages.state === 'loading' && pages.items.length === 0 && (
        <div aria-busy="true">
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {pages.state === 'ready' &&
        pages.items.length === 0 &&
        !pages.hasMore && <p className={styles.quiet}>{EMPTY[view.show]}</p>}
      {pages.items.length > 0 && (
        <div className={styles.table}>
          <DeploymentTable
            caption="Deployments, latest first"
            deployments={pages.items}
            timezone={timezone}
            mixed={mixed}
            onOpen={open}
          />
        </div>
      )}
      <MoreButton pages={pages} noun="deployment" />
      {view.show === 'recovery' && (
        <RecoveryEvidence
          ongoing={props.ongoing}
          query={query}
          timezone={timezone}
          mixed={mixed}
          onOpen={open}
        />
      )}
    </div>
  );
}

/** What belongs to the recovery time beside the failures of the period. */
function RecoveryEvidence(
  props: ComponentProps<typeof OngoingList> &
    ComponentProps<typeof IncidentTable>,
) {
  const { ongoing, ...incidents } = props;
  return (
    <>
      <p className={styles.quiet}>
        The recovery time also counts failures that finished before this period
        and recovered in it. They are not in this list: choose a period that
        begins earlier to see them.
      </p>
      <OngoingList ongoing={ongoing} />
      <IncidentTable {...incidents} />
    </>
  );
}

function Filter(props: {
  readonly state: ViewState;
  readonly bucketTitle?: string;
}) {
  const { view, change } = props.state;
  return (
    <div className={styles.filter}>
      {props.bucketTitle && (
        <Button
          variant="secondary"
          iconEnd={<RiCloseLine />}
          aria-label={`Only ${props.bucketTitle}: show the whole period again`}
          onPress={() => change({ bucket: undefined })}
        >
          Only {props.bucketTitle}
        </Button>
      )}
      <Select
        className={styles.show}
        aria-label="Which deployments"
        options={FILTERS}
        value={view.show}
        onChange={show => change({ show: show as Show })}
      />
    </div>
  );
}
