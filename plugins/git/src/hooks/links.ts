import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { RepositoryName } from '../api';
import { rootRouteRef } from '../routes';

/** Paths of the plugin's pages. @internal */
export type Links = ReturnType<typeof createLinks>;

/** Paths of the plugin's pages, wherever it is mounted. @internal */
export function useLinks(): Links {
  const root = useRouteRef(rootRouteRef);
  return createLinks(root?.() ?? '/git');
}

/** Paths below a root. @internal */
export function createLinks(root: string) {
  const base = root.replace(/\/+$/, '');
  const repository = ({ owner, name }: RepositoryName) =>
    `${base}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
  return {
    list: () => base || '/',
    tokens: () => `${base}/tokens`,
    repository,
    source: (name: RepositoryName, ref: string, path: string) =>
      [
        repository(name),
        'src',
        /^[0-9a-f]{40}$/.test(ref) ? 'commit' : 'branch',
        encodeURIComponent(ref),
        ...path.split('/').filter(Boolean).map(encodeURIComponent),
      ].join('/'),
    commits: (name: RepositoryName, ref: string) =>
      `${repository(name)}/commits?ref=${encodeURIComponent(ref)}`,
    commit: (name: RepositoryName, sha: string) =>
      `${repository(name)}/commit/${sha}`,
    compare: (name: RepositoryName, base_: string, head: string) =>
      `${repository(name)}/compare?base=${encodeURIComponent(
        base_,
      )}&head=${encodeURIComponent(head)}`,
  };
}
