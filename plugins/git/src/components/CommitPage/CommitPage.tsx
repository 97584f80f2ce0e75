import { useApi } from '@backstage/frontend-plugin-api';
import { Link, Skeleton, Text } from '@backstage/ui';
import { useParams } from 'react-router-dom';
import { type Commit, gitApiRef, type RepositoryName } from '../../api';
import { useLinks, useLoad } from '../../hooks';
import { Ago } from '../Ago';
import { DiffView } from '../DiffView';
import { LoadFailure } from '../LoadFailure';
import styles from './CommitPage.module.css';

/** One commit: its message and what it changed. @internal */
export function CommitPage({
  repository,
}: {
  readonly repository: RepositoryName;
}) {
  const { owner, name } = repository;
  const { sha = '' } = useParams();
  const api = useApi(gitApiRef);
  const { state, retry } = useLoad(
    signal => api.getCommit({ owner, name }, sha, { signal }),
    [api, owner, name, sha],
  );
  if (state.status === 'loading') {
    return <Skeleton width="100%" height={320} />;
  }
  if (state.status === 'error') {
    return (
      <LoadFailure
        title="The commit could not be loaded"
        error={state.error}
        onRetry={retry}
      />
    );
  }
  const { commit, diff } = state.value;
  return (
    <div className={styles.page}>
      <CommitHead repository={repository} commit={commit} />
      <DiffView diff={diff} />
    </div>
  );
}

function CommitHead(props: {
  readonly repository: RepositoryName;
  readonly commit: Commit;
}) {
  const { repository, commit } = props;
  const links = useLinks();
  const [subject, ...rest] = commit.message.trimEnd().split('\n');
  const body = rest.join('\n').trim();
  return (
    <div className={styles.head}>
      <Text as="h2" variant="title-small">
        {subject || 'No message'}
      </Text>
      {body && <pre className={styles.body}>{body}</pre>}
      <Text as="p" color="secondary">
        {commit.author.name} ({commit.author.email}),{' '}
        <Ago instant={commit.author.date} />
      </Text>
      <Text as="p" color="secondary">
        Commit <code>{commit.sha}</code>
        {commit.parents.map(parent => (
          <span key={parent}>
            , parent{' '}
            <Link href={links.commit(repository, parent)}>
              <code>{parent.slice(0, 8)}</code>
            </Link>
          </span>
        ))}
      </Text>
      <Link href={links.source(repository, commit.sha, '')}>
        Browse the files at this commit
      </Link>
    </div>
  );
}
