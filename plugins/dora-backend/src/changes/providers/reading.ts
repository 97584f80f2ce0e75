import { ServiceUnavailableError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import {
  ChangesUnavailableError,
  type ChangesQuery,
  type ComparedCommit,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import { readCommitMessage } from '../commitMessage';
import type { ProviderAnswer, ProviderHttp } from '../ProviderHttp';

const MAX_AUTHOR = 200;

/** What the built-in providers take. @internal */
export interface BuiltInOptions {
  readonly integrations: ScmIntegrations;
  /** The hosts that app-config names. */
  readonly hosts: readonly string[];
  readonly http: ProviderHttp;
}

/** An object name of Git, SHA-1 or SHA-256. @internal */
export const shaSchema = z
  .string()
  .regex(/^(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/)
  .transform(sha => sha.toLowerCase());

/** An instant with the person's own offset, up to the year 9999. @internal */
export const dateSchema = z
  .string()
  .refine(value => Date.parse(value) < Date.UTC(10_000, 0));

/**
 * Reads an answer.
 * @throws ServiceUnavailableError where it is not what the provider's API promises
 * @internal
 */
export function readAnswer<T>(
  name: string,
  schema: z.ZodType<T>,
  answer: ProviderAnswer,
): T {
  const parsed = schema.safeParse(parseJson(answer.text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ServiceUnavailableError(
    `${name} answered with something else than its API promises (${
      issue.path.join('.') || 'the body'
    }).`,
  );
}

/** A commit in our words. @internal */
export function toCommit(commit: {
  sha: string;
  committedAt: string;
  parents: readonly string[];
  message: string;
  author?: string;
  url?: string;
}): ComparedCommit {
  return {
    sha: commit.sha,
    committedAt: new Date(commit.committedAt).toISOString(),
    parents: commit.parents,
    ...readCommitMessage(commit.message),
    author:
      commit.author
        ?.replace(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, MAX_AUTHOR) || undefined,
    url: isWebAddress(commit.url) ? commit.url : undefined,
  };
}

/** @internal */
export function requireWithin(total: number, query: ChangesQuery): void {
  if (total > query.maxCommits) {
    throw new ChangesUnavailableError(
      `There are ${total} commits between ${short(query.base)} and ${short(
        query.head,
      )}, more than dora.changes.maxCommits (${
        query.maxCommits
      }) allows: raise it and replay, or send the deployment's changes with its event.`,
    );
  }
}

/** @internal */
export function unknownRepository(name: string, path: string): Error {
  return new ChangesUnavailableError(
    `${name} has no repository ${path} that the portal may read: check the annotations of the Component and the access of the integration's credentials, then replay.`,
  );
}

/** @internal */
export function unknownRevision(
  name: string,
  path: string,
  revision: string,
): Error {
  return new ChangesUnavailableError(
    `${name} does not know the revision ${short(
      revision,
    )} in ${path}: it was pushed away, or it is of another repository. Send the deployment's changes with its event, or push the revision and replay.`,
  );
}

/** A revision as people read it. @internal */
export function short(revision: string): string {
  return /^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 7) : revision;
}

function isWebAddress(url = ''): boolean {
  return /^https?:\/\/[^\p{Cc}\s]+$/u.test(url) && URL.canParse(url);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
