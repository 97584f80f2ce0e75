import {
  Button,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { type RefObject } from 'react';
import type { WindowQuery } from '../../api';
import { useDora, usePages, type ViewState } from '../../hooks';
import type { Show } from '../../view';
import { LoadFailure } from '../LoadFailure';
import styles from './Deployments.module.css';
import { DeploymentTable } from './DeploymentTable';
import { findDeployments } from './findDeployments';
import { IncidentTable } from './IncidentTable';
import { MoreButton } from './MoreButton';

const FILTERS: readonly (readonly [Show, string])[] = [
  ['all', 'All'],
  ['failed', 'Failed'],
  ['rework', 'Rework'],
  ['changes', 'With new changes'],
  ['recovery', 'Failed, and incidents'],
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
        <IncidentTable
          query={query}
          timezone={timezone}
          mixed={mixed}
          onOpen={open}
        />
      )}
    </div>
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
      <ToggleButtonGroup
        aria-label="Which deployments"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view.show]}
        onSelectionChange={keys => {
          const [show] = [...keys];
          change({ show: show as Show });
        }}
      >
        {FILTERS.map(([show, title]) => (
          <ToggleButton key={show} id={show}>
            {title}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
