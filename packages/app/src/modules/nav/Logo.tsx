import styles from './Logo.module.css';

/**
 * The signpost: Waymark's mark. Decorative; what stands beside it or around it carries the name.
 *
 * @internal
 */
export function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
      <path className={styles.post} d="M7 4h3v24H7z" />
      <path className={styles.post} d="M10 6h12l5 4.5-5 4.5H10z" />
      <path className={styles.second} d="M10 17.5h8.5l3.5 3.25-3.5 3.25H10z" />
    </svg>
  );
}

/**
 * The mark with the name.
 *
 * @internal
 */
export function Logo() {
  return (
    <span className={styles.logo}>
      <Mark />
      <span className={styles.name}>Waymark</span>
    </span>
  );
}
