import { useApi } from '@backstage/frontend-plugin-api';
import { Link, Skeleton, Text } from '@backstage/ui';
import { gitApiRef, type Repository } from '../../api';
import { useLinks, useLoad } from '../../hooks';
import { CommitRows } from '../CommitList';
import { LoadFailure } from '../LoadFailure';
import { CatalogLinks } from './CatalogLinks';
import { CloneBox } from './CloneBox';
import styles from './RepositoryPage.module.css';

const SHOWN = 5;

/** Beside the files: clone URL, latest commits and what the catalog knows. @internal */
export function Aside(props: {
  readonly repository: Repository;
  readonly current: string;
}) {
  const { repository, current } = props;
  const { owner, name } = repository;
  const api = useApi(gitApiRef);
  const links = useLinks();
  const { state, retry } = useLoad(
    signal =>
      api.listCommits(
        { owner, name },
        { ref: current, limit: SHOWN, offset: 0 },
        { signal },
      ),
    [api, owner, name, current],
  );
  return (
    <aside className={styles.aside} aria-label="About this repository">
      <CloneBox repository={repository} />
      <section className={styles.section} aria-labelledby="latest">
        <Text as="h2" variant="title-x-small" id="latest">
          Latest commits
        </Text>
        {state.status === 'loading' && <Skeleton width="100%" height={120} />}
        {state.status === 'error' && (
          <LoadFailure
            title="The commits could not be loaded"
            error={state.error}
            onRetry={retry}
          />
        )}
        {state.status === 'ready' && (
          <>
            <CommitRows repository={repository} commits={state.value.items} />
            {state.value.totalItems > SHOWN && (
              <Link href={links.commits(repository, current)}>
                All {state.value.totalItems} commits
              </Link>
            )}
          </>
        )}
      </section>
      <CatalogLinks repository={repository} />
    </aside>
  );
}
