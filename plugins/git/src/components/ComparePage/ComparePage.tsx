import { useApi } from '@backstage/frontend-plugin-api';
import { Select, Skeleton, Text } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { gitApiRef, type Repository } from '../../api';
import { useLoad } from '../../hooks';
import { CommitRows } from '../CommitList';
import { DiffView } from '../DiffView';
import { LoadFailure } from '../LoadFailure';
import styles from './ComparePage.module.css';

/** What one branch has that another has not. @internal */
export function ComparePage({
  repository,
}: {
  readonly repository: Repository;
}) {
  const [query, setQuery] = useSearchParams();
  const base = query.get('base') || repository.defaultBranch;
  const head =
    query.get('head') ||
    repository.branches.find(({ name }) => name !== base)?.name;
  const names = new Set([
    ...repository.branches.map(branch => branch.name),
    base,
    ...(head ? [head] : []),
  ]);
  const options = [...names].map(name => ({ value: name, label: name }));
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <Select
          label="Base"
          options={options}
          value={base}
          onChange={value =>
            setQuery({ base: String(value), head: head ?? '' })
          }
        />
        <Select
          label="Compared with it"
          options={options}
          value={head ?? null}
          onChange={value => setQuery({ base, head: String(value) })}
        />
      </div>
      {head ? (
        <Difference repository={repository} base={base} head={head} />
      ) : (
        <Text as="p" color="secondary">
          There is one branch only. Push another to compare it.
        </Text>
      )}
    </div>
  );
}

function Difference(props: {
  readonly repository: Repository;
  readonly base: string;
  readonly head: string;
}) {
  const { base, head, repository } = props;
  const { owner, name } = repository;
  const api = useApi(gitApiRef);
  const { state, retry } = useLoad(
    signal => api.compare({ owner, name }, { base, head }, { signal }),
    [api, owner, name, base, head],
  );
  if (state.status === 'loading') {
    return <Skeleton width="100%" height={240} />;
  }
  if (state.status === 'error') {
    return (
      <LoadFailure
        title="The two could not be compared"
        error={state.error}
        onRetry={retry}
      />
    );
  }
  const { commits, diff, totalCommits } = state.value;
  return (
    <>
      <Text as="h2" variant="title-x-small">
        {totalCommits === 0 &&
          `${head} has no commit that ${base} does not have`}
        {totalCommits === 1 && '1 commit'}
        {totalCommits > 1 && `${totalCommits} commits`}
        {totalCommits > commits.length &&
          `, the latest ${commits.length} of them shown`}
      </Text>
      {totalCommits > 0 && (
        <>
          <CommitRows repository={repository} commits={commits} />
          <DiffView diff={diff} />
        </>
      )}
    </>
  );
}
