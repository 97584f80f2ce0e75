import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import { platformApiRef } from '../../api';
import { useLoad } from '../../hooks';
import { LoadFailure } from '../LoadFailure';
import styles from './Deliveries.module.css';
import { isUnderWay, REFRESH_MS } from './isUnderWay';

/** The log of one delivery, which grows while the delivery is under way. @internal */
export function DeliveryLog(props: { readonly id: string }) {
  const { id } = props;
  const api = useApi(platformApiRef);
  const { result, retry } = useLoad(
    `delivery ${id}`,
    signal => api.getDelivery(id, signal),
    {
      refreshAfter: delivery =>
        isUnderWay(delivery) ? REFRESH_MS.underWay : undefined,
    },
  );
  if (result.state === 'loading') {
    return <Skeleton width="100%" height={120} />;
  }
  if (result.state === 'failed') {
    return (
      <LoadFailure
        title="The log could not be loaded"
        error={result.error}
        onRetry={retry}
      />
    );
  }
  const { log } = result.value;
  if (log.length === 0) {
    return <Text color="secondary">Nothing was logged yet.</Text>;
  }
  return (
    <pre
      className={styles.log}
      role="log"
      aria-label="Log of the delivery"
      // Scrolled by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {log.map(line => (
        <div key={`${line.at} ${line.message}`} className={styles[line.level]}>
          <time dateTime={line.at} className={styles.time}>
            {new Date(line.at).toLocaleTimeString()}
          </time>{' '}
          {line.level === 'error' ? `Error: ${line.message}` : line.message}
        </div>
      ))}
    </pre>
  );
}
