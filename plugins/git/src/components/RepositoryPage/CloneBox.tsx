import { Link, Text } from '@backstage/ui';
import type { Repository } from '../../api';
import { useLinks } from '../../hooks';
import { CopyField } from '../CopyField';
import styles from './RepositoryPage.module.css';

/** Where to clone from, and how to sign in when git asks. @internal */
export function CloneBox({ repository }: { readonly repository: Repository }) {
  const links = useLinks();
  return (
    <section className={styles.section} aria-labelledby="clone">
      <Text as="h2" variant="title-x-small" id="clone">
        Clone
      </Text>
      <CopyField label="clone URL" text={repository.cloneUrl} />
      <Text as="p" variant="body-small" color="secondary">
        Git asks for a user name and a password: use your own name, and an{' '}
        <Link href={links.tokens()} variant="body-small">
          access token
        </Link>{' '}
        as the password.{' '}
        {repository.mayPush
          ? 'You may push.'
          : `You may read; members of ${repository.owner} push.`}
      </Text>
    </section>
  );
}
