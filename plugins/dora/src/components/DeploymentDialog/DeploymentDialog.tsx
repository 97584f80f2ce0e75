import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
} from '@backstage/ui';
import type { DeploymentDetail } from '../../api';
import { entityName } from '../../format';
import { useDora, useLoad } from '../../hooks';
import { LoadFailure } from '../LoadFailure';
import { ChangeTable } from './ChangeTable';
import styles from './DeploymentDialog.module.css';
import { DeploymentFacts } from './DeploymentFacts';
import { IncidentList } from './IncidentList';
import { Reasons } from './Reasons';

/** One deployment: why it counts as it does, its changes and its incidents. @internal */
export function DeploymentDialog(props: {
  readonly id: string;
  readonly timezone: string;
  /** Goes to another deployment. */
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { id, timezone, onOpen, onClose } = props;
  const api = useDora();
  const { result, refresh } = useLoad(`deployment ${id}`, signal =>
    api.getDeployment(id, signal),
  );
  return (
    <Dialog
      isOpen
      isDismissable
      width={860}
      className={styles.dialog}
      onOpenChange={open => open || onClose()}
    >
      <DialogHeader>{titleOf(result)}</DialogHeader>
      <DialogBody>
        <div className={styles.body} aria-busy={result.state === 'loading'}>
          {result.state === 'loading' && (
            <>
              <Skeleton width="100%" height={96} />
              <Skeleton width="100%" height={180} />
            </>
          )}
          {result.state === 'failed' && (
            <LoadFailure
              title="The deployment could not be loaded"
              error={result.error}
              onRetry={refresh}
            />
          )}
          {result.state === 'ready' && (
            <Detail
              deployment={result.value}
              timezone={timezone}
              onOpen={onOpen}
            />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function Detail(props: {
  readonly deployment: DeploymentDetail;
  readonly timezone: string;
  readonly onOpen: (id: string) => void;
}) {
  const { deployment, timezone, onOpen } = props;
  return (
    <>
      <DeploymentFacts deployment={deployment} timezone={timezone} />
      {deployment.failed && (
        <Reasons
          title="Why it counts as failed"
          reasons={deployment.failureReasons}
          onOpen={onOpen}
        />
      )}
      {deployment.rework && (
        <Reasons
          title="Why it counts as rework"
          reasons={deployment.reworkReasons}
          onOpen={onOpen}
        />
      )}
      <IncidentList incidents={deployment.incidents} timezone={timezone} />
      <ChangeTable deployment={deployment} timezone={timezone} />
    </>
  );
}

function titleOf(
  result:
    | { readonly state: 'loading' | 'failed' }
    | { readonly state: 'ready'; readonly value: DeploymentDetail },
): string {
  if (result.state !== 'ready') return 'Deployment';
  const { service, version } = result.value;
  return version
    ? `Deployment of ${entityName(service)} ${version}`
    : `Deployment of ${entityName(service)}`;
}
