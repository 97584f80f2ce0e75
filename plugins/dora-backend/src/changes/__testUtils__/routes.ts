import type { FakeAnswer, FakeRequest } from './FakeProvider';
import type { FakeCommit, History } from './History';

const NOT_FOUND: FakeAnswer = { status: 404, body: { message: 'Not Found' } };

function page<T>(items: readonly T[], query: URLSearchParams, max = 100) {
  const size = Math.min(
    Number(query.get('per_page') ?? query.get('limit') ?? 30),
    max,
  );
  const number = Number(query.get('page') ?? 1);
  const end = number * size;
  return {
    items: items.slice(end - size, end),
    next: end < items.length ? String(number + 1) : '',
  };
}

const person = (date: string) => ({ name: 'Devon Reyes', date });

function githubCommit({ sha, parents, date, message }: FakeCommit) {
  return {
    sha,
    html_url: `https://github.example/shop/checkout/commit/${sha}`,
    commit: {
      message,
      author: person('2020-01-01T00:00:00Z'),
      committer: person(date),
    },
    parents: parents.map(parent => ({ sha: parent })),
  };
}

/** GitHub's REST API, as far as comparisons need it. */
export function githubRoutes(
  { path, query }: FakeRequest,
  history: History,
): FakeAnswer {
  const root = '/api/v3/repos/shop/checkout';
  if (!path.startsWith(root)) return NOT_FOUND;
  const rest = decodeURIComponent(path.slice(root.length));
  const [, base, head] = /^\/compare\/(.+)\.\.\.(.+)$/.exec(rest) ?? [];
  if (base) {
    const commits = history.range(base, head)?.reverse();
    if (!commits) return NOT_FOUND;
    const behind = history.range(head, base)!.length;
    const { items } = page(commits, query);
    let status = 'ahead';
    if (commits.length === 0) status = behind ? 'behind' : 'identical';
    else if (behind) status = 'diverged';
    return {
      body: {
        status,
        ahead_by: commits.length,
        behind_by: behind,
        total_commits: commits.length,
        commits: items.map(githubCommit),
      },
    };
  }
  if (rest === '/commits') {
    const found = history
      .touching(query.get('sha')!, query.get('path')!)
      .filter(({ date }) => date >= query.get('since')!);
    return { body: page(found, query).items.map(githubCommit) };
  }
  const [, sha] = /^\/commits\/(.+)$/.exec(rest) ?? [];
  const commit = history.commits.get(sha);
  if (commit) {
    const files = page(commit.files, query);
    return {
      headers: files.next ? { link: '<https://next>; rel="next"' } : {},
      body: {
        ...githubCommit(commit),
        files: files.items.map(filename => ({ filename })),
      },
    };
  }
  return rest === '' ? { body: { full_name: 'shop/checkout' } } : NOT_FOUND;
}

function gitlabCommit({ sha, parents, date, message }: FakeCommit) {
  return {
    id: sha,
    parent_ids: parents,
    title: message.split('\n')[0],
    message,
    author_name: 'Devon Reyes',
    authored_date: '2020-01-01T00:00:00Z',
    committed_date: date,
    web_url: `https://gitlab.example/shop/checkout/-/commit/${sha}`,
  };
}

/** GitLab's REST API, as far as comparisons need it. */
export function gitlabRoutes(
  { path, query }: FakeRequest,
  history: History,
): FakeAnswer {
  const root = '/api/v4/projects/shop%2Fcheckout';
  if (!path.startsWith(root)) return NOT_FOUND;
  const rest = path.slice(root.length);
  if (rest === '/repository/commits') {
    const [base, head] = query.get('ref_name')!.split('..');
    const paths = query.get('path');
    const commits = (history.range(base, head) ?? []).filter(
      ({ sha }) =>
        !paths || history.touching(head, paths).some(each => each.sha === sha),
    );
    const { items, next } = page(commits, query);
    return {
      headers: { 'x-next-page': next },
      body: items.map(gitlabCommit),
    };
  }
  const [, sha, diff] =
    /^\/repository\/commits\/([^/]+)(\/diff)?$/.exec(rest) ?? [];
  const commit = history.commits.get(sha);
  if (commit && diff) {
    const { items, next } = page(commit.files, query);
    return {
      headers: { 'x-next-page': next },
      body: items.map(file => ({ old_path: file, new_path: file })),
    };
  }
  if (commit) return { body: gitlabCommit(commit) };
  return rest === '' ? { body: { id: 1 } } : NOT_FOUND;
}

/** How many commits the fake Gitea lists in one comparison. */
export const GITEA_COMPARED = 100;

/** Gitea's API as the embedded Git host answers it: cut short, and without files. */
export function giteaRoutes(
  { path, query }: FakeRequest,
  history: History,
): FakeAnswer {
  const root = '/api/v1/repos/shop/checkout';
  if (!path.startsWith(root)) return NOT_FOUND;
  const rest = decodeURIComponent(path.slice(root.length));
  const [, base, head] = /^\/compare\/(.+)\.\.\.(.+)$/.exec(rest) ?? [];
  if (base) {
    const commits = history.range(base, head);
    if (!commits) return NOT_FOUND;
    return {
      body: {
        total_commits: commits.length,
        commits: commits.slice(0, GITEA_COMPARED).map(githubCommit),
      },
    };
  }
  if (rest === '/commits') {
    const found = history.touching(query.get('sha')!, query.get('path')!);
    return { body: page(found, query, 50).items.map(githubCommit) };
  }
  const [, sha] = /^\/git\/commits\/(.+)$/.exec(rest) ?? [];
  const commit = history.commits.get(sha);
  if (commit) {
    const files = commit.files.map(filename => ({ filename }));
    const wanted = query.get('files') === 'true' && { files };
    return { body: { ...githubCommit(commit), ...wanted } };
  }
  return rest === '' ? { body: { full_name: 'shop/checkout' } } : NOT_FOUND;
}
