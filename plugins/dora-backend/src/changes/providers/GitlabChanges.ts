import {
  DefaultGitlabCredentialsProvider,
  type GitlabCredentialsProvider,
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
  type BuiltInOptions,
  dateSchema,
  readAnswer,
  requireWithin,
  shaSchema,
  toCommit,
  unknownRepository,
  unknownRevision,
} from './reading';

const PAGE = 100;
const MAX_FILE_PAGES = 30;

const commitSchema = z.object({
  id: shaSchema,
  parent_ids: z.array(shaSchema),
  title: z.string(),
  message: z.string().optional(),
  author_name: z.string().optional(),
  committed_date: dateSchema,
  web_url: z.string().optional(),
});
const listSchema = z.array(commitSchema);
const diffSchema = z.array(
  z.object({ old_path: z.string(), new_path: z.string() }),
);

/**
 * GitLab, by the commits of a revision range: unlike its comparison that list
 * has pages, carries no diffs, and may be cut to a path.
 * @internal
 */
export class GitlabChanges implements ChangesProvider {
  readonly id = 'gitlab';
  readonly #integrations: ScmIntegrations;
  readonly #hosts: readonly string[];
  readonly #http: ProviderHttp;
  readonly #credentials: GitlabCredentialsProvider;

  constructor(options: BuiltInOptions) {
    this.#integrations = options.integrations;
    this.#hosts = options.hosts;
    this.#http = options.http;
    this.#credentials = DefaultGitlabCredentialsProvider.fromIntegrations(
      options.integrations,
    );
  }

  locate(annotations: Readonly<Record<string, string>>) {
    return locateRepository({
      annotations,
      hosts: this.#hosts.map(host => ({
        host,
        baseUrl: this.#config(host)?.baseUrl ?? `https://${host}`,
      })),
      slug: {
        annotation: 'gitlab.com/project-slug',
        defaultHost: 'gitlab.com',
      },
      toPath: segments => {
        const end = segments.findIndex(segment =>
          ['-', 'tree', 'blob'].includes(segment),
        );
        const project = end < 0 ? segments : segments.slice(0, end);
        return project.length > 1
          ? project.join('/').replace(/\.git$/, '')
          : undefined;
      },
    });
  }

  async compare(query: ChangesQuery): Promise<Comparison> {
    await this.#requireRevisions(query);
    const { base, head } = query;
    const commits = await this.#range(query, { from: base, to: head });
    if (commits.length === 0) {
      const behind = await this.#hasCommits(query, { from: head, to: base });
      return { commits: [], headIsBehind: behind };
    }
    const selected = await selectByPaths(
      commits.map(commit => ({ ...commit, sha: commit.id })),
      query.paths,
      {
        touching: async prefix => {
          const range = { from: base, to: head, path: prefix };
          const touching = await this.#range(query, range);
          return new Set(touching.map(({ id }) => id));
        },
        files: sha => this.#files(query, sha),
      },
    );
    return {
      headIsBehind: false,
      commits: selected.map(commit =>
        toCommit({
          sha: commit.id,
          committedAt: commit.committed_date,
          parents: commit.parent_ids,
          message: commit.message ?? commit.title,
          author: commit.author_name,
          url: commit.web_url,
        }),
      ),
    };
  }

  /** An unknown revision would look like an empty range. */
  async #requireRevisions(query: ChangesQuery): Promise<void> {
    const { repository, base, head } = query;
    const name = nameOf(repository);
    for (const revision of [head, base]) {
      const path = `repository/commits/${encodeURIComponent(
        revision,
      )}?stats=false`;
      const { status } = await this.#get(query, path, [404]);
      if (status === 404) {
        const project = await this.#get(query, '', [404]);
        throw project.status === 404
          ? unknownRepository(name, repository.path)
          : unknownRevision(name, repository.path, revision);
      }
    }
  }

  async #hasCommits(query: ChangesQuery, range: Range): Promise<boolean> {
    const answer = await this.#get(query, rangePath(range, 1, 1));
    return readAnswer(nameOf(query.repository), listSchema, answer).length > 0;
  }

  async #range(query: ChangesQuery, range: Range) {
    const commits: z.infer<typeof listSchema> = [];
    for (let page = 1; ; page += 1) {
      const answer = await this.#get(query, rangePath(range, page, PAGE));
      commits.push(...readAnswer(nameOf(query.repository), listSchema, answer));
      requireWithin(commits.length, query);
      if (!answer.headers.get('x-next-page')) return commits;
    }
  }

  async #files(query: ChangesQuery, sha: string): Promise<string[]> {
    const found: string[] = [];
    for (let page = 1; page <= MAX_FILE_PAGES; page += 1) {
      const answer = await this.#get(
        query,
        `repository/commits/${sha}/diff?per_page=${PAGE}&page=${page}`,
      );
      const diff = readAnswer(nameOf(query.repository), diffSchema, answer);
      diff.forEach(file => found.push(file.old_path, file.new_path));
      if (!answer.headers.get('x-next-page')) break;
    }
    return found;
  }

  #config(host: string) {
    return this.#integrations.gitlab.byHost(host)?.config;
  }

  async #get(query: ChangesQuery, path: string, accept?: readonly number[]) {
    const { repository } = query;
    const config = this.#config(repository.host);
    if (!config) {
      throw new ChangesUnavailableError(
        `integrations.gitlab does not name ${repository.host}: add it in app-config, then replay.`,
      );
    }
    const { headers } = await this.#credentials.getCredentials({
      url: `${config.baseUrl}/${repository.path}`,
    });
    const project = encodeURIComponent(repository.path);
    return this.#http.get({
      name: nameOf(repository),
      host: repository.host,
      url: new URL(
        `${config.apiBaseUrl}/projects/${project}${path && `/${path}`}`,
      ),
      headers: { accept: 'application/json', ...headers },
      credentialsKey: 'integrations.gitlab',
      accept,
      signal: query.signal,
    });
  }
}

interface Range {
  readonly from: string;
  readonly to: string;
  readonly path?: string;
}

function rangePath(range: Range, page: number, size: number): string {
  const parameters = new URLSearchParams({
    ref_name: `${range.from}..${range.to}`,
    ...(range.path && { path: range.path }),
    per_page: String(size),
    page: String(page),
  });
  return `repository/commits?${parameters}`;
}

function nameOf({ host }: RepositoryRef): string {
  return `GitLab (${host})`;
}
