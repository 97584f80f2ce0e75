import { Link, Text } from '@backstage/ui';
import { ReactNode } from 'react';
import styles from './Rows.module.css';

/**
 * A list of links, each with a line about it and something at its end.
 *
 * @internal
 */
export function Rows(props: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.rows} aria-label={props.label}>
      {props.children}
    </ul>
  );
}

/** @internal */
export function Row(props: {
  href?: string;
  title: string;
  about?: ReactNode;
  end?: ReactNode;
}) {
  const { href, title, about, end } = props;
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        {href ? (
          <Link href={href} weight="bold" standalone>
            {title}
          </Link>
        ) : (
          <Text as="span" weight="bold">
            {title}
          </Text>
        )}
        {about && (
          <Text as="div" variant="body-small" color="secondary">
            {about}
          </Text>
        )}
      </div>
      {end && <div className={styles.end}>{end}</div>}
    </li>
  );
}
