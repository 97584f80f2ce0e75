import { Alert, Text } from '@backstage/ui';
import type { AccessToken } from '../../api';
import { CopyField } from '../CopyField';
import styles from './TokensPage.module.css';

/** A new token, for the only time that anybody sees it. @internal */
export function ShownToken({
  token,
}: {
  readonly token: AccessToken & { readonly token: string };
}) {
  return (
    <section className={styles.section} aria-label="Your new access token">
      <Alert
        role="status"
        status="success"
        icon
        title={`Access token "${token.name}" is ready`}
        description="Copy it now. It is not shown again, and the portal does not keep it."
      />
      <CopyField label="access token" text={token.token} />
      <Text as="p" variant="body-small" color="secondary">
        When git asks, give your own name as the user name and this as the
        password. To be asked once only, run{' '}
        <code>git config --global credential.helper store</code> before, which
        keeps it unencrypted in a file in your home folder.
      </Text>
    </section>
  );
}
