import {
  DefaultGithubCredentialsProvider,
  type GithubCredentialsProvider,
  type ScmIntegrations,
} from '@backstage/integration';
import {
  ChangesUnavailableError,
  type ChangesProvider,
  type ChangesQuery,
  type Comparison,
  type RepositoryRef,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import { locateRepository } from '../locateRepository';
import type { ProviderAnswer, ProviderHttp } from '../ProviderHttp';
import { selectByPaths } from '../sourcePaths';
import {
  earliestOf,
  githubCommitSchema,
  readGithubCommit,
  type GithubCommit,
} from './githubCommit';
import {
  readAnswer,
  requireWithin,
  shaSchema,
  short,
  type BuiltInOptions,
  unknownRepository,
  unknownRevision,
} from './reading';

const PAGE = 100;
/** Commits may be dated before what they follow. */
const CLOCK_SLACK_MS = 86_400_000;
/** GitHub lists 3,000 files of a commit at most. */
const MAX_FILE_PAGES = 30;

const compareSchema = z.object({
  status: z.string(),
  total_commits: z.number().int(),
  commits: z.array(githubCommitSchema),
});
const listSchema = z.array(z.object({ sha: shaSchema }));
const filesSchema = z.object({
  files: z
    .array(
      z.object({
        filename: z.string(),
        previous_filename: z.string().optional(),
      }),
    )
    .optional(),
});

/** GitHub and GitHub Enterprise Server, by their REST API. @internal */
export class GithubChanges implements ChangesProvider {
  readonly id = 'github';
  readonly #integrations: ScmIntegrations;
  readonly #hosts: readonly string[];
  readonly #http: ProviderHttp;
  readonly #credentials: GithubCredentialsProvider;

  constructor(options: BuiltInOptions) {
    this.#integrations = options.integrations;
    this.#hosts = options.hosts;
    this.#http = options.http;
    this.#credentials = DefaultGithubCredentialsProvider.fromIntegrations(
      options.integrations,
    );
  }

  locate(annotations: Readonly<Record<string, string>>) {
    return locateRepository({
      annotations,
      hosts: this.#hosts.map(host => ({ host, baseUrl: `https://${host}` })),
      slug: {
        annotation: 'github.com/project-slug',
        defaultHost: 'github.com',
      },
      toPath: ([owner, name]) =>
        name && `${owner}/${name.replace(/\.git$/, '')}`,
    });
  }

  async compare(query: ChangesQuery): Promise<Comparison> {
    const name = nameOf(query.repository);
    const range = [query.base, query.head].map(encodeURIComponent).join('...');
    const found = new Map<string, GithubCommit>();
    for (let page = 1; ; page += 1) {
      const answer = await this.#get(
        query,
        `compare/${range}?per_page=${PAGE}&page=${page}`,
        [404, 422],
      );
      if (answer.status !== 200) throw await this.#explain(query, answer);
      const read = readAnswer(name, compareSchema, answer);
      if (read.status === 'behind') return { commits: [], headIsBehind: true };
      requireWithin(read.total_commits, query);
      const before = found.size;
      read.commits.forEach(commit => found.set(commit.sha, commit));
      if (found.size >= read.total_commits) break;
      // Old versions of GitHub Enterprise Server know no pages.
      if (found.size === before) {
        throw new ChangesUnavailableError(
          `${name} lists ${found.size} of the ${read.total_commits} commits: send the deployment's changes with its event.`,
        );
      }
    }
    const commits = [...found.values()];
    const selected = await selectByPaths(commits, query.paths, {
      touching: prefix => this.#touching(query, prefix, commits),
      files: sha => this.#files(query, sha),
    });
    return {
      headIsBehind: false,
      commits: selected.map(readGithubCommit),
    };
  }

  async #touching(
    query: ChangesQuery,
    prefix: string,
    commits: readonly GithubCommit[],
  ): Promise<ReadonlySet<string>> {
    const since = earliestOf(commits) - CLOCK_SLACK_MS;
    const parameters = new URLSearchParams({
      sha: query.head,
      path: prefix,
      since: new Date(since).toISOString(),
      per_page: String(PAGE),
    });
    const found = new Set<string>();
    for (let page = 1; ; page += 1) {
      const answer = await this.#get(
        query,
        `commits?${parameters}&page=${page}`,
      );
      const list = readAnswer(nameOf(query.repository), listSchema, answer);
      list.forEach(({ sha }) => found.add(sha));
      requireWithin(found.size, query);
      if (list.length < PAGE) return found;
    }
  }

  async #files(query: ChangesQuery, sha: string): Promise<string[]> {
    const found: string[] = [];
    for (let page = 1; page <= MAX_FILE_PAGES; page += 1) {
      const answer = await this.#get(
        query,
        `commits/${sha}?per_page=${PAGE}&page=${page}`,
      );
      const { files = [] } = readAnswer(
        nameOf(query.repository),
        filesSchema,
        answer,
      );
      for (const { filename, previous_filename } of files) {
        found.push(filename, ...(previous_filename ? [previous_filename] : []));
      }
      if (!/rel="next"/.test(answer.headers.get('link') ?? '')) break;
    }
    return found;
  }

  async #explain(query: ChangesQuery, answer: ProviderAnswer): Promise<Error> {
    const { repository, base, head } = query;
    const name = nameOf(repository);
    if (/no common ancestor/i.test(answer.text)) {
      return new ChangesUnavailableError(
        `${short(base)} and ${short(head)} have no common history in ${
          repository.path
        }: send the deployment's changes with its event.`,
      );
    }
    const found = await this.#get(query, '', [404]);
    if (found.status === 404) return unknownRepository(name, repository.path);
    const known = await this.#get(
      query,
      `commits/${encodeURIComponent(base)}?per_page=1`,
      [404, 422],
    );
    const missing = known.status === 200 ? head : base;
    return unknownRevision(name, repository.path, missing);
  }

  async #get(query: ChangesQuery, path: string, accept?: readonly number[]) {
    const { repository } = query;
    const config = this.#integrations.github.byHost(repository.host)?.config;
    if (!config?.apiBaseUrl) {
      throw new ChangesUnavailableError(
        `integrations.github names ${repository.host} without its apiBaseUrl: set it in app-config, then replay.`,
      );
    }
    const { headers } = await this.#credentials.getCredentials({
      url: `https://${repository.host}/${repository.path}`,
    });
    const slug = repository.path.split('/').map(encodeURIComponent).join('/');
    return this.#http.get({
      name: nameOf(repository),
      host: repository.host,
      url: new URL(`${config.apiBaseUrl}/repos/${slug}${path && `/${path}`}`),
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...headers,
      },
      credentialsKey: 'integrations.github',
      accept,
      signal: query.signal,
    });
  }
}

function nameOf({ host }: RepositoryRef): string {
  return `GitHub (${host})`;
}
