import { Button } from '@backstage/ui';
import { Notice } from '../Notice';

/** Says what could not be loaded and why, and offers to try again. @internal */
export function LoadFailure(props: {
  readonly title: string;
  readonly error: Error;
  readonly onRetry: () => void;
}) {
  return (
    <Notice
      role="alert"
      status="danger"
      title={props.title}
      description={props.error.message}
      customActions={
        <Button variant="secondary" size="small" onPress={props.onRetry}>
          Try again
        </Button>
      }
    />
  );
}
