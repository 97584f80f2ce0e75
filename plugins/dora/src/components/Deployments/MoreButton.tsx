import { Button } from '@backstage/ui';
import { plural } from '../../format';
import type { Pages } from '../../hooks';
import styles from './Deployments.module.css';

/** Says how many are shown, and loads more where there are more. @internal */
export function MoreButton(props: {
  readonly pages: Pages<unknown>;
  readonly noun: string;
}) {
  const { pages, noun } = props;
  const { items, state, hasMore } = pages;
  if (items.length === 0 && !hasMore) return null;
  return (
    <div className={styles.more}>
      <span className={styles.quiet} role="status">
        {plural(items.length, noun)} shown
        {hasMore ? ', there may be more' : ''}
      </span>
      {(hasMore || state === 'loading') && (
        <Button
          variant="secondary"
          isPending={state === 'loading'}
          onPress={pages.loadMore}
        >
          Load more
        </Button>
      )}
    </div>
  );
}
