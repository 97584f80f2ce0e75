import { readIdentity } from './identity';
import { kubeconfig } from './kubeconfig';

/**
 * The kubeconfig of the local cluster's administrator.
 * @throws Error where the local cluster was never started
 * @internal
 */
export async function adminKubeconfig(home: string): Promise<string> {
  const identity = await readIdentity(home);
  if (!identity) {
    throw new Error(
      'There is no local cluster yet: ./portal start makes it. Where a cluster is configured, use its own kubeconfig.',
    );
  }
  return kubeconfig(identity, 'admin');
}
