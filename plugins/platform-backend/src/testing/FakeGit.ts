import { createHash } from 'node:crypto';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  Commit,
  CreatedRepository,
  GitProvider,
  Repository,
  RepositoryFile,
  RepositoryName,
} from '@waymark/plugin-platform-node';

/** A Git host in memory: repositories are a list of revisions, each with its files. @internal */
export class FakeGit implements GitProvider {
  readonly type = 'embedded' as const;
  readonly host = 'git.example.com';
  readonly #revisions = new Map<
    string,
    { sha: string; files: RepositoryFile[] }[]
  >();
  down = false;

  /** Pushes files and answers with the revision. */
  push(repository: string, files: Record<string, string>): string {
    const list = this.#revisions.get(repository) ?? [];
    const sha = createHash('sha1')
      .update(JSON.stringify([repository, list.length, files]))
      .digest('hex');
    list.push({
      sha,
      files: Object.entries(files).map(([path, content]) => ({
        path,
        content: Buffer.from(content),
      })),
    });
    this.#revisions.set(repository, list);
    return sha;
  }

  locate({ owner, name }: { owner: string; name: string }) {
    const account = owner.split('/').pop() ?? owner;
    return { owner: account, name, ...location(`${account}/${name}`) };
  }

  async find(repo: RepositoryName): Promise<Repository | undefined> {
    this.#check();
    const name = `${repo.owner}/${repo.name}`;
    return this.#revisions.has(name)
      ? {
          ...location(name),
          defaultBranch: 'main',
          owner: `group:default/${repo.owner}`,
        }
      : undefined;
  }

  async create(): Promise<CreatedRepository> {
    throw new Error('not needed');
  }

  async protect() {
    return { enforced: false, message: 'not needed' };
  }

  async head(repo: RepositoryName): Promise<Commit | undefined> {
    this.#check();
    const revision = this.#list(repo).at(-1);
    return (
      revision && {
        sha: revision.sha,
        committedAt: new Date(0).toISOString(),
        message: '',
        author: { name: '', email: '' },
        parents: [],
      }
    );
  }

  async compare() {
    return { commits: [] };
  }

  async readDirectory(repo: RepositoryName, ref: string, path: string) {
    this.#check();
    const revision = this.#list(repo).find(each => each.sha === ref);
    return (revision?.files ?? []).filter(each =>
      each.path.startsWith(`${path}/`),
    );
  }

  async ping(): Promise<void> {
    this.#check();
  }

  #list(repo: RepositoryName) {
    return this.#revisions.get(`${repo.owner}/${repo.name}`) ?? [];
  }

  #check(): void {
    if (this.down) {
      throw new ServiceUnavailableError(
        'The Git host git.example.com does not answer. Try again when it is up.',
      );
    }
  }
}

function location(name: string) {
  const url = `https://git.example.com/${name}`;
  return {
    remoteUrl: `${url}.git`,
    repoContentsUrl: `${url}/src/branch/main`,
    catalogInfoUrl: `${url}/src/branch/main/catalog-info.yaml`,
  };
}
