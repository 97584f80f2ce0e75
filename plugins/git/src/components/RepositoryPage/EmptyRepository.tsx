import { Text } from '@backstage/ui';
import type { Repository } from '../../api';
import { CloneBox } from './CloneBox';
import styles from './RepositoryPage.module.css';

/** What to do with a repository that has no commit yet. @internal */
export function EmptyRepository({
  repository,
}: {
  readonly repository: Repository;
}) {
  return (
    <div className={styles.section}>
      <Text as="h2" variant="title-small">
        This repository is empty
      </Text>
      <Text as="p" color="secondary">
        {repository.mayPush
          ? 'Push a first commit from a folder on your machine:'
          : `A member of ${repository.owner} can push its first commit.`}
      </Text>
      {repository.mayPush && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={styles.commands} tabIndex={0}>
          {[
            `git init --initial-branch=${repository.defaultBranch}`,
            'git add .',
            'git commit -m "First commit"',
            `git push ${repository.cloneUrl} ${repository.defaultBranch}`,
          ].join('\n')}
        </pre>
      )}
      <CloneBox repository={repository} />
    </div>
  );
}
