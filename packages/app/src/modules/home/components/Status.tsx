import styles from './Status.module.css';

/** @internal */
export type Tone = 'ok' | 'busy' | 'warning' | 'error' | 'neutral';

/**
 * A state in a word, with a coloured dot that only repeats it.
 *
 * @internal
 */
export function Status({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles.status}>
      <span className={styles.dot} data-tone={tone} aria-hidden="true" />
      {children}
    </span>
  );
}
