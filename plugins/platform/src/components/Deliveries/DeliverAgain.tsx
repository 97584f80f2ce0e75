import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { RiRefreshLine } from '@remixicon/react';
import { Button, Text } from '@backstage/ui';
import { platformApiRef } from '../../api';
import styles from './Deliveries.module.css';

/** Delivers to a namespace once more, for failures that the repository is not the cause of. @internal */
export function DeliverAgain(props: {
  readonly namespace: string;
  readonly onDelivered: () => void;
}) {
  const { namespace, onDelivered } = props;
  const api = useApi(platformApiRef);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const deliver = async () => {
    setPending(true);
    setError(undefined);
    try {
      await api.deliverAgain(namespace);
      onDelivered();
    } catch (caught) {
      setError(caught as Error);
    } finally {
      setPending(false);
    }
  };
  return (
    <div className={styles.again}>
      <Button
        variant="secondary"
        size="small"
        iconStart={<RiRefreshLine />}
        isPending={isPending}
        onPress={deliver}
        aria-label={`Deliver to ${namespace} again`}
      >
        Deliver again
      </Button>
      <span role="alert">
        {error && <Text color="danger">{error.message}</Text>}
      </span>
    </div>
  );
}
