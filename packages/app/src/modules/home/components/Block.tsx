import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import { ReactNode, useId } from 'react';
import { Loaded } from '../../../hooks';
import styles from './Block.module.css';

/** @internal */
export interface BlockProps<T> {
  readonly title: string;
  /** A link or a number beside the title. */
  readonly aside?: ReactNode;
  readonly state: Loaded<T>;
  readonly onRetry: () => void;
  readonly isEmpty?: (value: T) => boolean;
  /** What to do next when there is nothing yet. */
  readonly empty?: ReactNode;
  readonly children: (value: T) => ReactNode;
}

/**
 * One block of the home page, in its four states: loading, empty, error and ready.
 *
 * @internal
 */
export function Block<T>(props: BlockProps<T>) {
  const { title, aside, state } = props;
  const id = useId();
  return (
    <section
      className={styles.block}
      aria-labelledby={id}
      aria-busy={state.status === 'loading'}
    >
      <div className={styles.header}>
        <Text as="h3" id={id} variant="title-x-small" weight="bold">
          {title}
        </Text>
        {aside}
      </div>
      <Content {...props} />
    </section>
  );
}

function Content<T>(props: BlockProps<T>) {
  const { title, state, onRetry, isEmpty, empty, children } = props;
  if (state.status === 'loading') {
    return (
      <div className={styles.skeleton}>
        <Skeleton height={20} />
        <Skeleton height={20} />
        <Skeleton height={20} width="60%" />
      </div>
    );
  }
  if (state.status === 'error') {
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title={`${title} could not be loaded`}
        description={state.error.message}
        customActions={
          <Button variant="secondary" size="small" onPress={onRetry}>
            Try again
          </Button>
        }
      />
    );
  }
  if (isEmpty?.(state.value)) {
    return (
      <Text as="div" variant="body-medium" color="secondary">
        {empty}
      </Text>
    );
  }
  return <>{children(state.value)}</>;
}
