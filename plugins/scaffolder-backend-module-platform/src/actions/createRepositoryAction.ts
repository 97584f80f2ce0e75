import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  normalizeOwner,
  type PlatformRequest,
} from '@waymark/plugin-platform-common';
import type { GitProvider } from '@waymark/plugin-platform-node';
import { InputError } from '@backstage/errors';
import { assertAllowed } from '../platform/assertAllowed';
import { authorOf } from '../platform/author';
import { logDryRun } from '../platform/describeDryRun';
import { ensure } from '../platform/ensure';
import { findRepositoryLeft } from '../platform/findLeftover';
import { plainErrors } from '../platform/plainErrors';
import type { PlatformClient } from '../platform/PlatformClient';
import { examples } from './createRepositoryAction.examples';

/** A commit id that stands for one that does not exist. */
const NO_COMMIT = '0'.repeat(40);

/** `platform:repository:create`: a repository with the workspace as its first commit. @internal */
export function createRepositoryAction(options: {
  platform: PlatformClient;
  git: GitProvider;
}) {
  const { platform, git } = options;
  return createTemplateAction({
    id: 'platform:repository:create',
    description:
      'Creates a repository at the configured Git host, pushes the workspace as its first commit with you as the author, and protects the default branch. Running it again continues where an earlier run stopped.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .describe(
              'Name of the repository: lower-case letters, digits and "-", at most 50 characters',
            ),
        owner: z =>
          z
            .string()
            .describe(
              'Owning group, as an entity reference or name; you have to be in it',
            ),
        description: z =>
          z.string().optional().describe('What it is, in one sentence'),
      },
      output: {
        remoteUrl: z => z.string().describe('URL to clone'),
        repoContentsUrl: z =>
          z.string().describe('URL of the root folder on the default branch'),
        catalogInfoUrl: z =>
          z
            .string()
            .describe(
              'Absolute URL of catalog-info.yaml, for catalog:register',
            ),
        commitSha: z =>
          z.string().describe('The first commit; all zeros in a dry run'),
        created: z =>
          z
            .boolean()
            .describe('False where an earlier run had made it already'),
      },
    },
    async handler(ctx) {
      const { name, description } = ctx.input;
      let begun = false;
      const left = async () =>
        begun
          ? findRepositoryLeft(git, { owner: ctx.input.owner, name })
          : undefined;
      await plainErrors(ctx.signal, left, async () => {
        ctx.signal?.throwIfAborted();
        const owner = ownerRef(ctx.input.owner);
        const request: PlatformRequest = {
          kind: 'Repository',
          name,
          owner,
          spec: { description },
          idempotencyKey: ctx.task.id,
        };
        const judge = async () => {
          const result = await platform.dryRun(request, {
            credentials: await ctx.getInitiatorCredentials(),
            signal: ctx.signal,
          });
          assertAllowed(result);
          return result;
        };
        const { owner: account, ...location } = git.locate({ owner, name });
        const repo = { owner: account, name };
        const output = (made: { commitSha: string; created: boolean }) => {
          ctx.output('remoteUrl', location.remoteUrl);
          ctx.output('repoContentsUrl', location.repoContentsUrl);
          ctx.output('catalogInfoUrl', location.catalogInfoUrl);
          ctx.output('commitSha', made.commitSha);
          ctx.output('created', made.created);
        };
        if (ctx.isDryRun) {
          const result = await judge();
          logDryRun(ctx.logger, result);
          output({ commitSha: NO_COMMIT, created: !result.existing });
          return;
        }
        const made = await ensure(ctx, {
          key: `repository.create.${account}/${name}`,
          effect: async () => {
            await judge();
            begun = true;
            const { commitSha, created } = await git.create({
              owner,
              name,
              description,
              directory: ctx.workspacePath,
              author: authorOf(ctx.user),
              message: `Create ${name}`,
              signal: ctx.signal,
            });
            return { commitSha, created };
          },
          stillThere: async ({ commitSha }) =>
            (await git.head(repo, commitSha)) !== undefined,
        });
        begun = true;
        ctx.logger.info(
          made.created
            ? `Created ${location.remoteUrl} with commit ${made.commitSha}.`
            : `${location.remoteUrl} exists; going on with it at commit ${made.commitSha}.`,
        );
        const protection = await ctx.checkpoint({
          key: `repository.protect.${account}/${name}`,
          fn: async () => {
            const { message } = await git.protect(repo, { signal: ctx.signal });
            return message;
          },
        });
        ctx.logger.info(protection);
        output(made);
      });
    },
  });
}

function ownerRef(given: string): string {
  const owner = normalizeOwner(given);
  if (!owner) {
    throw new InputError(`"${given}" is not a group.`);
  }
  return owner;
}
