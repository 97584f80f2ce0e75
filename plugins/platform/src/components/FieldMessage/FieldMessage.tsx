import { Text } from '@backstage/ui';
import styles from './FieldMessage.module.css';

/**
 * What is wrong with a field, announced when it appears; tie it to the field
 * with `aria-describedby`.
 * @internal
 */
export function FieldMessage(props: {
  readonly id: string;
  readonly error?: string;
}) {
  const { id, error } = props;
  return (
    <div id={id} role="alert" className={styles.message}>
      {error && (
        <Text as="p" variant="body-small" color="danger">
          {error}
        </Text>
      )}
    </div>
  );
}
