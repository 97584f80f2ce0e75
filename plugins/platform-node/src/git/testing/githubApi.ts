import type { ApiCall, GitHost } from './startGitHost';

/** The handful of GitHub's endpoints that the platform uses, over real repositories. @internal */
export function githubApi(
  host: GitHost,
  state: { protections: Map<string, unknown>; refuseProtection?: boolean },
): ApiCall {
  const known = new Set<string>();
  return ({ method, path, query, body, authorization }) => {
    if (authorization !== 'token gh-token') {
      return { status: 401, body: { message: 'Bad credentials' } };
    }
    const created = path.match(/^\/orgs\/([^/]+)\/repos$/);
    if (method === 'POST' && created) {
      const name = `${created[1]}/${body.name}`;
      host.createRepository(name);
      known.add(name);
      return { status: 201, body: describe(host, name) };
    }
    const [, name, rest] = path.match(/^\/repos\/([^/]+\/[^/]+)(.*)$/) ?? [];
    if (!name || !known.has(name)) {
      return undefined;
    }
    if (rest === '') {
      return { status: 200, body: describe(host, name) };
    }
    if (method === 'PUT' && rest === '/branches/main/protection') {
      if (state.refuseProtection) {
        return { status: 403, body: { message: 'Upgrade to GitHub Pro' } };
      }
      state.protections.set(name, body);
      return { status: 200, body: {} };
    }
    if (rest === '/commits') {
      return commits(host, name, query.get('sha') ?? 'main', ['-1']);
    }
    if (rest.startsWith('/compare/')) {
      const range = decodeURIComponent(rest.slice(9)).replace('...', '..');
      const answer = commits(host, name, range, ['--reverse']);
      return { status: 200, body: { commits: answer.body } };
    }
    if (rest.startsWith('/contents/')) {
      return contents(host, name, query.get('ref') ?? 'main', rest.slice(10));
    }
    return undefined;
  };
}

function describe(host: GitHost, name: string) {
  return {
    full_name: name,
    default_branch: 'main',
    clone_url: `${host.url}/${name}.git`,
  };
}

function commits(host: GitHost, name: string, range: string, args: string[]) {
  try {
    const log = host.git(
      name,
      'log',
      ...args,
      '--format=%H%x00%cI%x00%s%x00%an%x00%ae%x00%P',
      range,
    );
    return {
      status: 200,
      body: log.split('\n').map(line => {
        const [sha, date, message, author, email, parents] = line.split('\0');
        return {
          sha,
          commit: {
            message,
            author: { name: author, email },
            committer: { date },
          },
          parents: parents
            ? parents.split(' ').map(each => ({ sha: each }))
            : [],
        };
      }),
    };
  } catch {
    return { status: 409, body: { message: 'Git Repository is empty.' } };
  }
}

function contents(host: GitHost, name: string, ref: string, given: string) {
  const path = decodeURIComponent(given);
  try {
    if (host.git(name, 'cat-file', '-t', `${ref}:${path}`) === 'blob') {
      const content = host.git(name, 'show', `${ref}:${path}`);
      return {
        status: 200,
        body: {
          type: 'file',
          path,
          encoding: 'base64',
          content: Buffer.from(content).toString('base64'),
        },
      };
    }
    const list = host.git(name, 'ls-tree', '-l', `${ref}:${path}`);
    return {
      status: 200,
      body: list.split('\n').map(line => {
        const [mode, type, , size, file] = line.split(/\s+/);
        const kind = type === 'tree' ? 'dir' : 'file';
        return {
          type: mode === '120000' ? 'symlink' : kind,
          path: `${path}/${file}`,
          size: Number(size),
        };
      }),
    };
  } catch {
    return { status: 404, body: { message: 'Not Found' } };
  }
}
