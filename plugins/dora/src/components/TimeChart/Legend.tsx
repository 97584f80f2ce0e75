import styles from './TimeChart.module.css';

/** One kind of mark of a chart and its name. @internal */
export interface Swatch {
  readonly title: string;
  readonly kind: 'solid' | 'failed' | 'line' | 'band' | 'partial';
  /** Number of a series, from 0, where there are several. */
  readonly series?: number;
}

/** What the marks of a chart mean. @internal */
export function Legend(props: { readonly swatches: readonly Swatch[] }) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {props.swatches.map(({ title, kind, series }) => (
        <li key={title}>
          <svg width="20" height="12" aria-hidden="true">
            {kind === 'line' ? (
              <path className={styles.line} data-series={series} d="M0 6H20" />
            ) : (
              <rect
                className={styles[kind]}
                x="0.5"
                y="0.5"
                width="19"
                height="11"
              />
            )}
            {kind === 'failed' && (
              <path
                className={styles.cross}
                d="M5 11L15 1M10 13L20 3M0 9L10 -1"
              />
            )}
          </svg>
          {title}
        </li>
      ))}
    </ul>
  );
}
