import { normalizeOwner } from '@waymark/plugin-platform-common';
import type { GitProvider } from '@waymark/plugin-platform-node';

/** Says what an earlier step of the run has made already, for the case that this one fails. @internal */
export async function findLeftover(
  git: GitProvider,
  given: { owner: string; component?: string },
): Promise<string | undefined> {
  const owner = normalizeOwner(given.owner);
  if (!owner || !given.component) {
    return undefined;
  }
  try {
    const repo = git.locate({ owner, name: given.component });
    const found = await git.find(repo);
    return (
      found &&
      `The repository ${repo.owner}/${repo.name} exists and stays: run the template again with the same answers to go on.`
    );
  } catch {
    // The step's own outcome matters more than this hint.
    return undefined;
  }
}
