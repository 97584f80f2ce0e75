import { Link, Text } from '@backstage/ui';
import { CatalogCount, useCatalogCounts } from '../hooks';
import { Block } from './Block';
import styles from './CatalogCounts.module.css';

function hrefOf({ kind }: CatalogCount): string {
  if (kind === 'Template') return '/create';
  if (kind === 'API') return '/api-docs?filters%5Buser%5D=all';
  const query = new URLSearchParams({
    'filters[kind]': kind.toLocaleLowerCase('en-US'),
    'filters[user]': 'all',
  });
  return `/catalog?${query}`;
}

/**
 * How much of each kind the catalog holds.
 *
 * @internal
 */
export function CatalogCounts() {
  const { state, retry } = useCatalogCounts();
  return (
    <Block
      title="Catalog"
      state={state}
      onRetry={retry}
      isEmpty={counts => counts.every(({ count }) => count === 0)}
      empty="The catalog is still empty; what it is configured to read shows up within a minute."
    >
      {counts => (
        <ul className={styles.counts} aria-label="Catalog">
          {counts.map(count => (
            <li key={count.kind}>
              <Text as="div" variant="title-small" weight="bold">
                {count.count}
              </Text>
              <Link href={hrefOf(count)}>{count.title}</Link>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}
