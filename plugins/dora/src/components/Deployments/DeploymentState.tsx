import {
  RiCheckLine,
  RiCloseLine,
  RiLoader4Line,
  RiProhibitedLine,
  RiToolsLine,
} from '@remixicon/react';
import { Badge } from '@backstage/ui';
import type { DeploymentRow } from '../../api';
import styles from './Deployments.module.css';

const ENDED: Record<DeploymentRow['status'], string> = {
  queued: 'Queued',
  in_progress: 'In progress',
  success: 'Successful',
  failure: 'Broke off',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
};

/** How a deployment ended and what it counts as, in words, icons and colours. @internal */
export function DeploymentState(props: {
  readonly deployment: Pick<
    DeploymentRow,
    'status' | 'failed' | 'rework' | 'counts'
  >;
}) {
  const { status, failed, rework, counts } = props.deployment;
  return (
    <span className={styles.state}>
      {failed && (
        <Badge className={styles.failed} icon={<RiCloseLine />}>
          Failed
        </Badge>
      )}
      {rework && (
        <Badge className={styles.rework} icon={<RiToolsLine />}>
          Rework
        </Badge>
      )}
      {!failed && (
        <Badge
          className={status === 'success' ? styles.succeeded : styles.neutral}
          icon={iconOf(status)}
        >
          {ENDED[status]}
        </Badge>
      )}
      {!counts && <Badge className={styles.neutral}>Does not count</Badge>}
    </span>
  );
}

function iconOf(status: DeploymentRow['status']) {
  if (status === 'success') return <RiCheckLine />;
  return status === 'queued' || status === 'in_progress' ? (
    <RiLoader4Line />
  ) : (
    <RiProhibitedLine />
  );
}
