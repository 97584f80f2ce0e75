import { stringify } from 'yaml';
import { apiUrl, type Account, type ClusterIdentity } from './identity';

/** A kubeconfig for one account of the local cluster. @internal */
export function kubeconfig(
  identity: ClusterIdentity,
  account: Account,
): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'waymark-local',
        cluster: {
          server: apiUrl(identity),
          'certificate-authority-data': base64(identity.authority.certificate),
        },
      },
    ],
    users: [{ name: account, user: { token: identity.tokens[account] } }],
    contexts: [
      {
        name: 'waymark-local',
        context: { cluster: 'waymark-local', user: account },
      },
    ],
    'current-context': 'waymark-local',
  });
}

/** @internal */
export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
