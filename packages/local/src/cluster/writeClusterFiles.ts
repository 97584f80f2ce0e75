import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../writeFileAtomic';
import { ACCOUNTS, type Account, type ClusterIdentity } from './identity';
import { kubeconfig } from './kubeconfig';
import { clusterPaths } from './paths';

/** Writes what the parts of the control plane read when they start; for the owner's eyes only. @internal */
export async function writeClusterFiles(
  home: string,
  identity: ClusterIdentity,
): Promise<void> {
  const { pki, etcd, tokens, kubeconfig: kubeconfigFile } = clusterPaths(home);
  await mkdir(etcd, { recursive: true, mode: 0o700 });
  const files: [string, string][] = [
    [join(pki, 'ca.crt'), identity.authority.certificate],
    [join(pki, 'apiserver.crt'), identity.server.certificate],
    [join(pki, 'apiserver.key'), identity.server.key],
    [join(pki, 'service-account.pub'), identity.serviceAccountKey.publicKey],
    [join(pki, 'service-account.key'), identity.serviceAccountKey.privateKey],
    [tokens, tokenTable(identity)],
    ...(Object.keys(ACCOUNTS) as Account[]).map((account): [string, string] => [
      kubeconfigFile(account),
      kubeconfig(identity, account),
    ]),
  ];
  for (const [file, content] of files) {
    await writeFileAtomic(file, content);
  }
}

/** The static token file of the API server: token, user, uid, groups. */
function tokenTable(identity: ClusterIdentity): string {
  return (Object.keys(ACCOUNTS) as Account[])
    .map(account => {
      const { user, groups } = ACCOUNTS[account];
      const row = [identity.tokens[account], user, account];
      return [...row, ...(groups.length ? [`"${groups.join(',')}"`] : [])].join(
        ',',
      );
    })
    .join('\n')
    .concat('\n');
}
