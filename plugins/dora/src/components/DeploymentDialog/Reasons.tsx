import type { Reason } from '../../api';
import styles from './DeploymentDialog.module.css';

/** Why a deployment counts as failed or rework, with the way to what is the reason. @internal */
export function Reasons(props: {
  readonly title: string;
  readonly reasons: readonly Reason[];
  readonly onOpen: (id: string) => void;
}) {
  const { title, reasons, onOpen } = props;
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <ul className={styles.reasons}>
        {reasons.map(({ code, message, deployment }) => (
          <li key={`${code} ${message}`}>
            {message}{' '}
            {deployment && (
              <button
                type="button"
                className={styles.open}
                onClick={() => onOpen(deployment)}
              >
                Show that deployment
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
