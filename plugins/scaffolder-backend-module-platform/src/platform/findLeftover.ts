import { normalizeOwner } from '@waymark/plugin-platform-common';
import type { Cluster, GitProvider } from '@waymark/plugin-platform-node';

/** Says that a service's repository exists, and how to go on; undefined where there is none. @internal */
export async function findRepositoryLeft(
  git: GitProvider,
  given: { owner?: string; name?: string },
): Promise<string | undefined> {
  const owner = given.owner && normalizeOwner(given.owner);
  if (!owner || !given.name) {
    return undefined;
  }
  const repo = git.locate({ owner, name: given.name });
  // The step's own outcome matters more than this hint.
  const found = await git.find(repo).catch(() => undefined);
  return (
    found &&
    `The repository ${repo.owner}/${repo.name} exists: run the template again with the same name to go on, or delete it.`
  );
}

/** Says that a namespace exists; undefined where there is none. @internal */
export async function findNamespaceLeft(
  cluster: Cluster,
  name: string,
): Promise<string | undefined> {
  const found = await cluster
    .get({ apiVersion: 'v1', kind: 'Namespace', name })
    .catch(() => undefined);
  return found && `The namespace ${name} exists.`;
}
