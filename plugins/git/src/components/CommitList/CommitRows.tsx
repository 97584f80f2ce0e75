import { Link, Text } from '@backstage/ui';
import type { Commit, RepositoryName } from '../../api';
import { useLinks } from '../../hooks';
import { Ago } from '../Ago';
import styles from './CommitList.module.css';

/** Commits as a list: subject, author, time and SHA. @internal */
export function CommitRows(props: {
  readonly repository: RepositoryName;
  readonly commits: readonly Commit[];
}) {
  return (
    <ol className={styles.rows} aria-label="Commits">
      {props.commits.map(commit => (
        <li key={commit.sha} className={styles.row}>
          <CommitLine repository={props.repository} commit={commit} />
        </li>
      ))}
    </ol>
  );
}

/** One commit in a line or two. @internal */
export function CommitLine(props: {
  readonly repository: RepositoryName;
  readonly commit: Commit;
}) {
  const { repository, commit } = props;
  const links = useLinks();
  const subject = commit.message.split('\n')[0] || 'No message';
  return (
    <div className={styles.line}>
      <Link
        href={links.commit(repository, commit.sha)}
        className={styles.subject}
        standalone
      >
        {subject}
      </Link>
      <Text variant="body-small" color="secondary">
        {commit.author.name}, <Ago instant={commit.author.date} />,{' '}
        <code>{commit.sha.slice(0, 8)}</code>
      </Text>
    </div>
  );
}
