import { Button } from '@backstage/ui';
import { Notice } from '../Notice';
import styles from './Dashboard.module.css';

/** Says what is wrong in the address, and leads back. @internal */
export function WrongAddress(props: {
  readonly problems: readonly string[];
  readonly onReset: () => void;
}) {
  return (
    <Notice
      role="alert"
      status="danger"
      title="This address asks for something that there is not"
      description={
        <ul className={styles.problems}>
          {props.problems.map(problem => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      }
      customActions={
        <Button variant="secondary" size="small" onPress={props.onReset}>
          Show the last 90 days
        </Button>
      }
    />
  );
}
