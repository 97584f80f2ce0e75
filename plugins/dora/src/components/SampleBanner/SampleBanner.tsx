import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
} from '@backstage/ui';
import { doraSamplesDeletePermission } from '@waymark/plugin-dora-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { useState } from 'react';
import { useDora } from '../../hooks';
import { Notice } from '../Notice';

/** Says that what is shown was made up, and removes it on request. @internal */
export function SampleBanner(props: {
  readonly message: string;
  readonly onRemoved: () => void;
}) {
  const [asked, setAsked] = useState(false);
  const { allowed } = usePermission({
    permission: doraSamplesDeletePermission,
  });
  return (
    <>
      <Notice
        status="warning"
        title="This is sample data"
        description={props.message}
        customActions={
          allowed ? (
            <Button
              variant="secondary"
              size="small"
              onPress={() => setAsked(true)}
            >
              Remove the sample data
            </Button>
          ) : undefined
        }
      />
      {asked && (
        <RemoveDialog
          onClose={() => setAsked(false)}
          onRemoved={() => {
            setAsked(false);
            props.onRemoved();
          }}
        />
      )}
    </>
  );
}

function RemoveDialog(props: {
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}) {
  const api = useDora();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const remove = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      await api.removeSamples();
      props.onRemoved();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setPending(false);
    }
  };
  return (
    <Dialog isOpen isDismissable onOpenChange={props.onClose}>
      <DialogHeader>Remove the sample data?</DialogHeader>
      <DialogBody>
        <Text as="p">
          All sample deployments and incidents go, for everybody and for every
          service. Real events stay. This cannot be undone.
        </Text>
        {failure && (
          <Alert
            role="alert"
            status="danger"
            icon
            title="It was not removed"
            description={failure}
          />
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={props.onClose}>
          Keep it
        </Button>
        <Button
          variant="primary"
          destructive
          isPending={pending}
          onPress={remove}
        >
          Remove
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
