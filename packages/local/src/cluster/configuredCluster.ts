import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../../bootstrap/paths';

/** The configuration files in which somebody may name a cluster of their own. */
const FILES = ['app-config.yaml', 'app-config.local.yaml'];

/**
 * The names of the clusters that the checkout's own configuration has; undefined where it has none.
 *
 * Such a cluster replaces the local one. `KUBECONFIG` does not: it is set for other purposes on many
 * machines, and a portal that began to make namespaces wherever it points would be a surprise.
 * @internal
 */
export async function configuredCluster(
  root: string = repositoryRoot,
): Promise<string[] | undefined> {
  const names: string[] = [];
  for (const file of FILES) {
    const text = await readFile(join(root, file), 'utf8').catch(() => '');
    names.push(...clusterNames(parse(text)));
  }
  return names.length > 0 ? names : undefined;
}

function clusterNames(config: unknown): string[] {
  const { kubernetes } = (config ?? {}) as {
    kubernetes?: {
      clusterLocatorMethods?: {
        type?: string;
        clusters?: { name?: string }[];
      }[];
    };
  };
  return (kubernetes?.clusterLocatorMethods ?? []).flatMap(method =>
    (method.clusters ?? [{ name: method.type }]).map(
      cluster => cluster.name ?? 'unnamed',
    ),
  );
}
