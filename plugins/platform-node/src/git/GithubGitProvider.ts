import { Octokit } from '@octokit/rest';
import type {
  GithubCredentialsProvider,
  GithubIntegrationConfig,
} from '@backstage/integration';
import {
  DEFAULT_BRANCH,
  REQUIRED_CHECKS,
} from '@waymark/plugin-platform-common';
import type {
  BranchProtection,
  Commit,
  CreatedRepository,
  CreateRepositoryOptions,
  GitProvider,
  ReadDirectoryOptions,
  Repository,
  RepositoryFile,
  RepositoryLocation,
  RepositoryName,
} from '../GitProvider';
import {
  explainGithub,
  isStatus,
  orUndefined,
  toCommit,
} from './githubAnswers';
import { pushDirectory } from './pushDirectory';
import { assertFileSize, decodeContent } from './repositoryFiles';

/** What {@link GithubGitProvider} takes. @internal */
export interface GithubGitProviderOptions {
  readonly integration: GithubIntegrationConfig;
  readonly credentials: GithubCredentialsProvider;
  readonly organization: string;
  readonly visibility: 'private' | 'internal' | 'public';
}

/** GitHub, with a GitHub App or token of `integrations.github`. @internal */
export class GithubGitProvider implements GitProvider {
  readonly type = 'github' as const;
  readonly host: string;
  readonly #options: GithubGitProviderOptions;
  readonly #webUrl: string;

  constructor(options: GithubGitProviderOptions) {
    this.host = options.integration.host;
    this.#options = options;
    this.#webUrl = `https://${options.integration.host}`;
  }

  locate(options: {
    owner: string;
    name: string;
  }): RepositoryName & RepositoryLocation {
    return this.#location({
      owner: this.#options.organization,
      name: options.name,
    });
  }

  async find(repo: RepositoryName): Promise<Repository | undefined> {
    return this.#call(async octokit => {
      const answer = await orUndefined(
        [404],
        octokit.repos.get({ owner: repo.owner, repo: repo.name }),
      );
      return (
        answer && {
          ...this.#location(repo),
          defaultBranch: answer.data.default_branch,
        }
      );
    });
  }

  async create(options: CreateRepositoryOptions): Promise<CreatedRepository> {
    const { owner, name, ...location } = this.locate(options);
    const cloneUrl = await this.#call(async octokit => {
      const request = { signal: options.signal };
      const found = await orUndefined(
        [404],
        octokit.repos.get({ owner, repo: name, request }),
      );
      const repository =
        found ??
        (await octokit.repos.createInOrg({
          org: owner,
          name,
          description: options.description,
          visibility: this.#options.visibility as 'private',
          private: this.#options.visibility === 'private',
          auto_init: false,
          request,
        }));
      return repository.data.clone_url;
    });
    const token = await this.#token();
    const pushed = await pushDirectory({
      ...options,
      remoteUrl: cloneUrl,
      authorization: `Basic ${Buffer.from(`x-access-token:${token}`).toString(
        'base64',
      )}`,
    });
    return { ...location, ...pushed };
  }

  async protect(
    repo: RepositoryName,
    options: { branch?: string; signal?: AbortSignal } = {},
  ): Promise<BranchProtection> {
    const branch = options.branch ?? DEFAULT_BRANCH;
    const checks = REQUIRED_CHECKS.join(', ');
    return this.#call(async octokit => {
      try {
        await octokit.repos.updateBranchProtection({
          owner: repo.owner,
          repo: repo.name,
          branch,
          required_status_checks: {
            strict: false,
            contexts: [...REQUIRED_CHECKS],
          },
          enforce_admins: false,
          // eslint-disable-next-line no-restricted-syntax -- GitHub's API wants an explicit null
          required_pull_request_reviews: null,
          // eslint-disable-next-line no-restricted-syntax
          restrictions: null,
          request: { signal: options.signal },
        });
      } catch (error) {
        if (!isStatus(error, 403)) {
          throw error;
        }
        return {
          enforced: false,
          message: `${branch} is not protected: this GitHub plan or account does not allow it.`,
        };
      }
      return { enforced: true, message: `${branch} requires ${checks}.` };
    });
  }

  async head(
    repo: RepositoryName,
    ref: string = DEFAULT_BRANCH,
  ): Promise<Commit | undefined> {
    return this.#call(async octokit => {
      const answer = await orUndefined(
        [404, 409],
        octokit.repos.listCommits({
          owner: repo.owner,
          repo: repo.name,
          sha: ref,
          per_page: 1,
        }),
      );
      return answer?.data.length ? toCommit(answer.data[0]) : undefined;
    });
  }

  async compare(
    repo: RepositoryName,
    base: string,
    head: string,
  ): Promise<{ commits: Commit[] }> {
    return this.#call(async octokit => {
      const { data } = await octokit.repos.compareCommitsWithBasehead({
        owner: repo.owner,
        repo: repo.name,
        basehead: `${base}...${head}`,
      });
      return { commits: data.commits.map(toCommit).reverse() };
    });
  }

  async readDirectory(
    repo: RepositoryName,
    ref: string,
    path: string,
    options: ReadDirectoryOptions = {},
  ): Promise<RepositoryFile[]> {
    return this.#call(async octokit => {
      const read = (each: string) =>
        octokit.repos.getContent({
          owner: repo.owner,
          repo: repo.name,
          path: each,
          ref,
          request: { signal: options.signal },
        });
      const listing = await orUndefined([404], read(path));
      const entries = Array.isArray(listing?.data) ? listing.data : [];
      const files: RepositoryFile[] = [];
      for (const entry of entries.filter(each => each.type === 'file')) {
        assertFileSize(entry, options);
        const { data } = await read(entry.path);
        if (!Array.isArray(data) && data.type === 'file') {
          files.push({ path: entry.path, content: decodeContent(data) });
        }
      }
      return files;
    });
  }

  async ping(): Promise<void> {
    await this.#call(octokit =>
      octokit.orgs.get({ org: this.#options.organization }),
    );
  }

  #location(repo: RepositoryName): RepositoryName & RepositoryLocation {
    const url = `${this.#webUrl}/${repo.owner}/${repo.name}`;
    const repoContentsUrl = `${url}/tree/${DEFAULT_BRANCH}`;
    return {
      ...repo,
      remoteUrl: `${url}.git`,
      repoContentsUrl,
      catalogInfoUrl: `${url}/blob/${DEFAULT_BRANCH}/catalog-info.yaml`,
    };
  }

  async #token(): Promise<string> {
    const { token } = await this.#options.credentials.getCredentials({
      url: `${this.#webUrl}/${this.#options.organization}`,
    });
    return token ?? '';
  }

  async #call<T>(use: (octokit: Octokit) => Promise<T>): Promise<T> {
    const octokit = new Octokit({
      auth: await this.#token(),
      baseUrl: this.#options.integration.apiBaseUrl,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    try {
      return await use(octokit);
    } catch (error) {
      throw explainGithub(error, this.host);
    }
  }
}
