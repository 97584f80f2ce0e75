import { useApi } from '@backstage/frontend-plugin-api';
import { Select, Skeleton, TablePagination } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { gitApiRef, type Repository } from '../../api';
import { useLoad } from '../../hooks';
import { LoadFailure } from '../LoadFailure';
import { CommitRows } from './CommitRows';
import styles from './CommitList.module.css';

const PAGE_SIZE = 30;

/** The history of a branch. @internal */
export function CommitList({
  repository,
}: {
  readonly repository: Repository;
}) {
  const { owner, name } = repository;
  const api = useApi(gitApiRef);
  const [query, setQuery] = useSearchParams();
  const ref = query.get('ref') || repository.defaultBranch;
  const offset = Number(query.get('offset')) || 0;
  const { state, retry } = useLoad(
    signal =>
      api.listCommits(
        { owner, name },
        { ref, limit: PAGE_SIZE, offset },
        { signal },
      ),
    [api, owner, name, ref, offset],
  );
  const go = (to: number) => setQuery({ ref, offset: String(to) });
  return (
    <div className={styles.page}>
      <Select
        label="Branch"
        className={styles.branch}
        options={repository.branches.map(branch => ({
          value: branch.name,
          label: branch.name,
        }))}
        value={ref}
        onChange={value => setQuery({ ref: String(value) })}
      />
      {state.status === 'loading' && <Skeleton width="100%" height={240} />}
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
          {state.value.totalItems > PAGE_SIZE && (
            <TablePagination
              pageSize={PAGE_SIZE}
              offset={offset}
              totalCount={state.value.totalItems}
              hasNextPage={offset + PAGE_SIZE < state.value.totalItems}
              hasPreviousPage={offset > 0}
              onNextPage={() => go(offset + PAGE_SIZE)}
              onPreviousPage={() => go(Math.max(0, offset - PAGE_SIZE))}
              showPageSizeOptions={false}
            />
          )}
        </>
      )}
    </div>
  );
}
