import { Link } from '@backstage/ui';
import type { DeploymentChange, DeploymentDetail } from '../../api';
import { formatDuration, formatInstant, plural } from '../../format';
import { type Column, DataTable } from '../TimeChart';
import styles from './DeploymentDialog.module.css';

/** The commits of a deployment with their lead times, or why they are not known. @internal */
export function ChangeTable(props: {
  readonly deployment: DeploymentDetail;
  readonly timezone: string;
}) {
  const { deployment, timezone } = props;
  const { changeList } = deployment;
  return (
    <section className={styles.part}>
      <h3>
        {changeList.length ? plural(changeList.length, 'change') : 'Changes'}
      </h3>
      {changeList.length ? (
        <DataTable
          caption="Changes of this deployment"
          columns={columns(timezone)}
          rows={changeList}
          rowKey={change => change.sha}
        />
      ) : (
        <p className={styles.quiet}>{whyNone(deployment)}</p>
      )}
      {deployment.changeListCut && (
        <p className={styles.quiet}>
          There are more; the metrics count all of them.
        </p>
      )}
    </section>
  );
}

function columns(timezone: string): readonly Column<DeploymentChange>[] {
  return [
    {
      title: 'Commit',
      cell: ({ sha, url }) => {
        const name = <span className={styles.sha}>{sha.slice(0, 8)}</span>;
        return url ? (
          <Link href={url} aria-label={`Commit ${sha.slice(0, 8)}`}>
            {name}
          </Link>
        ) : (
          name
        );
      },
    },
    {
      title: 'Change',
      cell: ({ title, author, pullRequest }) => (
        <div className={styles.title}>
          <bdi>{title ?? 'No title known'}</bdi>
          {pullRequest ? ` (#${pullRequest})` : ''}
          {author && (
            <div className={styles.quiet}>
              <bdi>{author}</bdi>
            </div>
          )}
        </div>
      ),
    },
    {
      title: 'Committed',
      cell: ({ committedAt, firstCommittedAt }) => (
        <>
          {formatInstant(firstCommittedAt ?? committedAt, timezone)}
          {firstCommittedAt && (
            <div className={styles.quiet}>first commit of the pull request</div>
          )}
        </>
      ),
    },
    {
      title: 'Lead time',
      cell: ({ leadSeconds, notCountedBecause }) =>
        typeof leadSeconds === 'number'
          ? formatDuration(leadSeconds)
          : `Not counted: ${notCountedBecause ?? 'it was live before'}`,
    },
  ];
}

function whyNone({ changes, changesReason }: DeploymentDetail): string {
  switch (changes.state) {
    case 'wanted':
      return `They are being fetched from the Git provider${
        changesReason ? `: ${changesReason}` : '.'
      }`;
    case 'unavailable':
      return `They could not be fetched${
        changesReason ? `: ${changesReason}` : '.'
      }`;
    default:
      return changesReason ?? 'This deployment brought no changes.';
  }
}
