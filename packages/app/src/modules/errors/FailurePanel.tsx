import { ErrorDisplayProps } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';

/**
 * Replaces a part of a page that broke: the message, never the stack, and a way to try again.
 *
 * @internal
 */
export function FailurePanel({ error, plugin, resetError }: ErrorDisplayProps) {
  const name = plugin?.title ?? plugin?.pluginId;
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      m="4"
      title={name ? `${name} cannot be shown` : 'This cannot be shown'}
      description={error.message}
      customActions={
        <Button variant="secondary" size="small" onPress={resetError}>
          Try again
        </Button>
      }
    />
  );
}
