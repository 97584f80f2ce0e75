import type { GitConfig } from '../../config';
import type { Repository } from '../../database/RepositoryStore';
import type { Commit } from '../../git/Commits';
import type { TreeEntry } from '../../git/Tree';

/** A repository in the words of the Gitea API. */
export function toRepository(
  config: GitConfig,
  repository: Repository,
  options: { empty: boolean; size: number; mayPush: boolean },
) {
  const url = `${config.baseUrl}/${repository.owner}/${repository.name}`;
  return {
    id: numericId(repository.id),
    owner: toOrganisation(config, repository.owner),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    description: repository.description,
    empty: options.empty,
    private: true,
    internal: false,
    fork: false,
    template: false,
    mirror: false,
    archived: false,
    /** kibibytes */
    size: Math.ceil(options.size / 1024),
    url: `${config.baseUrl}/api/v1/repos/${repository.owner}/${repository.name}`,
    html_url: url,
    clone_url: `${url}.git`,
    ssh_url: '',
    default_branch: repository.defaultBranch,
    created_at: repository.createdAt,
    updated_at: repository.pushedAt ?? repository.createdAt,
    permissions: { admin: options.mayPush, push: options.mayPush, pull: true },
    object_format_name: 'sha1',
  };
}

/** A group of the catalog as a Gitea organisation. */
export function toOrganisation(
  config: GitConfig,
  name: string,
  title?: string,
) {
  return {
    id: numericId(name),
    name,
    login: name,
    username: name,
    full_name: title ?? '',
    email: '',
    avatar_url: '',
    html_url: `${config.appUrl}/catalog/default/group/${name}`,
    visibility: 'limited',
  };
}

/** A commit in the words of the Gitea API. */
export function toCommit(
  config: GitConfig,
  repository: Repository,
  commit: Commit,
) {
  const api = `${config.baseUrl}/api/v1/repos/${repository.owner}/${repository.name}/git/commits`;
  const page = `${config.baseUrl}/${repository.owner}/${repository.name}/commit`;
  return {
    url: `${api}/${commit.sha}`,
    sha: commit.sha,
    created: commit.committer.date,
    html_url: `${page}/${commit.sha}`,
    commit: {
      url: `${api}/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { url: '', sha: commit.tree, created: commit.committer.date },
    },
    // The persons are known by their commits alone; they have no account here.
    author: null,
    committer: null,
    parents: commit.parents.map(sha => ({
      url: `${api}/${sha}`,
      sha,
      created: '0001-01-01T00:00:00Z',
    })),
  };
}

/** A branch with its latest commit, in the words of the Gitea API. */
export function toBranch(
  config: GitConfig,
  repository: Repository,
  branch: { name: string; commit: Commit; isProtected: boolean },
) {
  const { commit } = branch;
  return {
    name: branch.name,
    commit: {
      id: commit.sha,
      message: commit.message,
      url: `${config.baseUrl}/${repository.owner}/${repository.name}/commit/${commit.sha}`,
      author: { ...commit.author, username: '' },
      committer: { ...commit.committer, username: '' },
      timestamp: commit.committer.date,
    },
    protected: branch.isProtected,
  };
}

/** A file, folder, symbolic link or submodule in the words of the Gitea API; a link is itself, never what it points to. */
export function toContents(
  config: GitConfig,
  repository: Repository,
  options: {
    entry: TreeEntry;
    ref: string;
    lastCommit?: Commit;
    content?: Buffer;
    target?: string;
  },
) {
  const { entry, ref } = options;
  const base = `${config.baseUrl}/${repository.owner}/${repository.name}`;
  const api = `${config.baseUrl}/api/v1/repos/${repository.owner}/${repository.name}`;
  const path = entry.path.split('/').map(encodeURIComponent).join('/');
  const url = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const html = `${base}/src/branch/${encodeURIComponent(ref)}/${path}`;
  const isFile = entry.type === 'file';
  const gitUrl = `${api}/git/${entry.type === 'dir' ? 'trees' : 'blobs'}/${
    entry.sha
  }`;
  return {
    name: entry.name,
    path: entry.path,
    sha: entry.sha,
    last_commit_sha: options.lastCommit?.sha ?? '',
    last_committer_date: options.lastCommit?.committer.date,
    last_author_date: options.lastCommit?.author.date,
    type: entry.type,
    size: entry.size,
    encoding: options.content ? 'base64' : null,
    content: options.content ? options.content.toString('base64') : null,
    target: options.target ?? null,
    url,
    html_url: html,
    git_url: gitUrl,
    download_url: isFile
      ? `${api}/raw/${path}?ref=${encodeURIComponent(ref)}`
      : null,
    submodule_git_url: null,
    _links: { self: url, git: gitUrl, html },
  };
}

/** Gitea counts; we have UUIDs. Clients only compare these numbers. */
function numericId(text: string): number {
  let hash = 0;
  for (const character of text) {
    hash = (hash * 31 + character.codePointAt(0)!) % 2_147_483_647;
  }
  return hash;
}
