import {
  getGiteaRequestOptions,
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
import type { ProviderHttp } from '../ProviderHttp';
import { selectByPaths } from '../sourcePaths';
import {
  dateOf,
  earliestOf,
  githubCommitSchema,
  readGithubCommit,
} from './githubCommit';
import {
  readAnswer,
  requireWithin,
  type BuiltInOptions,
  unknownRepository,
  unknownRevision,
} from './reading';

/** Gitea's own largest page. */
const PAGE = 50;

const commitSchema = githubCommitSchema.extend({
  files: z.array(z.object({ filename: z.string() })).nullish(),
});
const compareSchema = z.object({
  total_commits: z.number().int(),
  commits: z.array(commitSchema).nullable(),
});
const listSchema = z.array(commitSchema);

type Commit = z.infer<typeof commitSchema>;

/** Gitea and what answers its API, such as the embedded Git host. @internal */
export class GiteaChanges implements ChangesProvider {
  readonly id = 'gitea';
  readonly #integrations: ScmIntegrations;
  readonly #hosts: readonly string[];
  readonly #http: ProviderHttp;

  constructor(options: BuiltInOptions) {
    this.#integrations = options.integrations;
    this.#hosts = options.hosts;
    this.#http = options.http;
  }

  locate(annotations: Readonly<Record<string, string>>) {
    return locateRepository({
      annotations,
      hosts: this.#hosts.map(host => ({ host, baseUrl: this.#baseUrl(host) })),
      toPath: ([owner, name]) =>
        name && `${owner}/${name.replace(/\.git$/, '')}`,
    });
  }

  async compare(query: ChangesQuery): Promise<Comparison> {
    const { base, head } = query;
    const commits = await this.#between(query);
    if (commits.length === 0) {
      const reverse = await this.#page(query, head, base);
      return { commits: [], headIsBehind: reverse.total_commits > 0 };
    }
    const selected = await selectByPaths(commits, query.paths, {
      touching: prefix => this.#touching(query, prefix, commits),
      files: sha => this.#files(query, sha),
    });
    return {
      headIsBehind: false,
      commits: selected.map(readGithubCommit),
    };
  }

  /**
   * A host may list fewer commits than there are: what their parents have and
   * the base has not is asked for until nothing is left open.
   */
  async #between(query: ChangesQuery): Promise<Commit[]> {
    const found = new Map<string, Commit>();
    const asked = new Set<string>();
    const open = [query.head];
    for (let head = open.shift(); head; head = open.shift()) {
      asked.add(head);
      const page = await this.#page(query, query.base, head);
      requireWithin(page.total_commits, query);
      const commits = page.commits ?? [];
      commits.forEach(commit => found.set(commit.sha, commit));
      if (commits.length >= page.total_commits || commits.length === 0)
        continue;
      const parents = commits.flatMap(each => each.parents.map(p => p.sha));
      open.push(
        ...new Set(parents.filter(sha => !found.has(sha) && !asked.has(sha))),
      );
    }
    return [...found.values()];
  }

  async #page(query: ChangesQuery, base: string, head: string) {
    const range = [base, head].map(encodeURIComponent).join('...');
    const answer = await this.#get(query, `compare/${range}`, [404, 422]);
    if (answer.status !== 200) throw await this.#explain(query);
    return readAnswer(nameOf(query.repository), compareSchema, answer);
  }

  /** The history of a path, as far back as the earliest of the commits. */
  async #touching(
    query: ChangesQuery,
    prefix: string,
    commits: readonly Commit[],
  ): Promise<ReadonlySet<string>> {
    const wanted = new Set(commits.map(({ sha }) => sha));
    const earliest = earliestOf(commits);
    const parameters = new URLSearchParams({
      sha: query.head,
      path: prefix,
      stat: 'false',
      verification: 'false',
      files: 'false',
      limit: String(PAGE),
    });
    const found = new Set<string>();
    for (let page = 1; ; page += 1) {
      const answer = await this.#get(
        query,
        `commits?${parameters}&page=${page}`,
        // A path that this revision has no history of.
        [404],
      );
      if (answer.status === 404) return found;
      const list = readAnswer(nameOf(query.repository), listSchema, answer);
      const known = list.filter(({ sha }) => wanted.has(sha));
      known.forEach(({ sha }) => found.add(sha));
      const past =
        known.length === 0 && list.every(each => dateOf(each) < earliest);
      if (list.length < PAGE || past) return found;
    }
  }

  async #files(query: ChangesQuery, sha: string): Promise<string[]> {
    const answer = await this.#get(
      query,
      `git/commits/${sha}?stat=false&verification=false&files=true`,
    );
    const name = nameOf(query.repository);
    const { files } = readAnswer(name, commitSchema, answer);
    if (!files) {
      throw new ChangesUnavailableError(
        `${name} does not say which files a commit touches: name whole folders in dora/source-path, such as services/checkout, then replay.`,
      );
    }
    return files.map(({ filename }) => filename);
  }

  async #explain(query: ChangesQuery): Promise<Error> {
    const { repository, base, head } = query;
    const name = nameOf(repository);
    const found = await this.#get(query, '', [404]);
    if (found.status === 404) return unknownRepository(name, repository.path);
    const known = await this.#get(
      query,
      `git/commits/${encodeURIComponent(base)}`,
      [404, 422],
    );
    const missing = known.status === 200 ? head : base;
    return unknownRevision(name, repository.path, missing);
  }

  #baseUrl(host: string): string {
    const config = this.#integrations.gitea.byHost(host)?.config;
    return (config?.baseUrl ?? `https://${host}`).replace(/\/+$/, '');
  }

  async #get(query: ChangesQuery, path: string, accept?: readonly number[]) {
    const { repository } = query;
    const config = this.#integrations.gitea.byHost(repository.host)?.config;
    if (!config) {
      throw new ChangesUnavailableError(
        `integrations.gitea does not name ${repository.host}: add it in app-config, then replay.`,
      );
    }
    const slug = repository.path.split('/').map(encodeURIComponent).join('/');
    const base = `${this.#baseUrl(repository.host)}/api/v1/repos/${slug}`;
    return this.#http.get({
      name: nameOf(repository),
      host: repository.host,
      url: new URL(`${base}${path && `/${path}`}`),
      headers: {
        accept: 'application/json',
        ...(getGiteaRequestOptions(config).headers ?? {}),
      },
      credentialsKey: 'integrations.gitea',
      accept,
      signal: query.signal,
    });
  }
}

function nameOf({ host }: RepositoryRef): string {
  return `Gitea (${host})`;
}
