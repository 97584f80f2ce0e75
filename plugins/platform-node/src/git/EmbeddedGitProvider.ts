import { InputError } from '@backstage/errors';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  getGiteaRequestOptions,
  type GiteaIntegrationConfig,
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
import { GiteaClient } from './GiteaClient';
import { toCommit, type GiteaCommit, type GiteaContent } from './giteaTypes';
import { pushDirectory } from './pushDirectory';
import { assertFileSize, decodeContent } from './repositoryFiles';

/** Waymark's own Git host, or a Gitea, over Gitea's API. @internal */
export class EmbeddedGitProvider implements GitProvider {
  readonly type = 'embedded' as const;
  readonly host: string;
  readonly #baseUrl: string;
  readonly #client: GiteaClient;
  readonly #integration: GiteaIntegrationConfig;

  constructor(integration: GiteaIntegrationConfig) {
    this.host = integration.host;
    this.#integration = integration;
    this.#baseUrl = (
      integration.baseUrl ?? `https://${integration.host}`
    ).replace(/\/+$/, '');
    this.#client = new GiteaClient(
      this.#baseUrl,
      () => getGiteaRequestOptions(integration).headers ?? {},
    );
  }

  locate(options: {
    owner: string;
    name: string;
  }): RepositoryName & RepositoryLocation {
    const owner = parseEntityRef(options.owner);
    if (owner.namespace !== 'default') {
      throw new InputError(
        `${options.owner} cannot own a repository at ${this.host}: only groups in the catalog's default namespace can.`,
      );
    }
    return this.#location({ owner: owner.name, name: options.name });
  }

  async find(repo: RepositoryName): Promise<Repository | undefined> {
    const found = await this.#client.get<{ default_branch?: string }>(
      repoPath(repo),
    );
    return (
      found && {
        ...this.#location(repo),
        defaultBranch: found.default_branch || DEFAULT_BRANCH,
        owner: `group:default/${repo.owner}`,
      }
    );
  }

  async create(options: CreateRepositoryOptions): Promise<CreatedRepository> {
    const { owner, name, ...location } = this.locate(options);
    await this.#client.send(
      'POST',
      `/orgs/${encodeURIComponent(owner)}/repos`,
      {
        name,
        description: options.description ?? '',
        default_branch: DEFAULT_BRANCH,
        auto_init: false,
        private: true,
      },
      { signal: options.signal, accept: [409] },
    );
    const pushed = await pushDirectory({
      ...options,
      remoteUrl: location.remoteUrl,
      authorization: this.#authorization(),
    });
    return { ...location, ...pushed };
  }

  async protect(
    repo: RepositoryName,
    options: { branch?: string; signal?: AbortSignal } = {},
  ): Promise<BranchProtection> {
    const branch = options.branch ?? DEFAULT_BRANCH;
    const path = `${repoPath(repo)}/branch_protections`;
    const body = {
      branch_name: branch,
      rule_name: branch,
      enable_push: true,
      enable_status_check: true,
      status_check_contexts: [...REQUIRED_CHECKS],
    };
    const existing = await this.#client.get(
      `${path}/${encodeURIComponent(branch)}`,
      options,
    );
    if (!existing) {
      await this.#client.send('POST', path, body, options);
    }
    return {
      enforced: false,
      message: `The required checks ${REQUIRED_CHECKS.join(
        ', ',
      )} of ${branch} are recorded; ${this.host} does not run checks.`,
    };
  }

  async head(
    repo: RepositoryName,
    ref: string = DEFAULT_BRANCH,
  ): Promise<Commit | undefined> {
    const query = new URLSearchParams({ sha: ref, limit: '1', stat: 'false' });
    const commits = await this.#client.get<GiteaCommit[]>(
      `${repoPath(repo)}/commits?${query}`,
    );
    return commits?.length ? toCommit(commits[0]) : undefined;
  }

  async compare(
    repo: RepositoryName,
    base: string,
    head: string,
  ): Promise<{ commits: Commit[] }> {
    const range = `${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
    const answer = await this.#client.get<{ commits?: GiteaCommit[] }>(
      `${repoPath(repo)}/compare/${range}`,
    );
    return { commits: (answer?.commits ?? []).map(toCommit) };
  }

  async readDirectory(
    repo: RepositoryName,
    ref: string,
    path: string,
    options: ReadDirectoryOptions = {},
  ): Promise<RepositoryFile[]> {
    const read = <T>(each: string) =>
      this.#client.get<T>(
        `${repoPath(repo)}/contents/${each
          .split('/')
          .map(encodeURIComponent)
          .join('/')}?ref=${encodeURIComponent(ref)}`,
        options,
      );
    const entries = await read<GiteaContent[] | GiteaContent>(path);
    const files = Array.isArray(entries)
      ? entries.filter(entry => entry.type === 'file')
      : [];
    const contents: RepositoryFile[] = [];
    for (const file of files) {
      assertFileSize(file, options);
      const content = await read<GiteaContent>(file.path);
      contents.push({ path: file.path, content: decodeContent(content) });
    }
    return contents;
  }

  async ping(): Promise<void> {
    await this.#client.get('/version');
  }

  #location(repo: RepositoryName): RepositoryName & RepositoryLocation {
    const url = `${this.#baseUrl}/${repo.owner}/${repo.name}`;
    const repoContentsUrl = `${url}/src/branch/${DEFAULT_BRANCH}`;
    return {
      ...repo,
      remoteUrl: `${url}.git`,
      repoContentsUrl,
      catalogInfoUrl: `${repoContentsUrl}/catalog-info.yaml`,
    };
  }

  #authorization(): string {
    const { username, password } = this.#integration;
    return `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString(
      'base64',
    )}`;
  }
}

function repoPath(repo: RepositoryName): string {
  return `/repos/${encodeURIComponent(repo.owner)}/${encodeURIComponent(
    repo.name,
  )}`;
}
