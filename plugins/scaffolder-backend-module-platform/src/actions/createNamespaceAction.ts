import { InputError, isError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DEFAULT_ENVIRONMENT,
  DEFAULT_SIZE,
  ENVIRONMENTS,
  type PlatformRequest,
} from '@waymark/plugin-platform-common';
import type {
  Cluster,
  ClusterService,
  GitProvider,
} from '@waymark/plugin-platform-node';
import { assertAllowed } from '../platform/assertAllowed';
import { applyNamespace } from '../platform/applyNamespace';
import { describeQuota, logDryRun } from '../platform/describeDryRun';
import { ensure } from '../platform/ensure';
import {
  findNamespaceLeft,
  findRepositoryLeft,
} from '../platform/findLeftover';
import { plainErrors } from '../platform/plainErrors';
import type { PlatformClient } from '../platform/PlatformClient';
import { examples } from './createNamespaceAction.examples';

/** `platform:kubernetes:namespace:create`: a guarded namespace. @internal */
export function createNamespaceAction(options: {
  platform: PlatformClient;
  clusters: ClusterService;
  git: GitProvider;
}) {
  const { platform, clusters, git } = options;
  return createTemplateAction({
    id: 'platform:kubernetes:namespace:create',
    description:
      'Creates a Kubernetes namespace with quota, limits, network policies and your team as its owner, and delivers the component to it. A namespace of the same owner is brought to what is asked for.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .describe(
              'Name of the namespace, by custom <service>-<environment>',
            ),
        owner: z =>
          z
            .string()
            .optional()
            .describe('Owning group, as an entity reference or name'),
        team: z => z.string().optional().describe('Another word for owner'),
        environment: z =>
          z
            .enum(ENVIRONMENTS)
            .optional()
            .describe('development (default), staging or production'),
        size: z =>
          z
            .string()
            .optional()
            .describe('small (default), medium, large or xlarge'),
        component: z =>
          z
            .string()
            .optional()
            .describe('Name of the catalog component that runs in it'),
      },
      output: {
        namespace: z => z.string().describe('Name of the namespace'),
        created: z => z.boolean().describe('Whether this run made it'),
        existing: z => z.boolean().describe('Whether it was there before'),
        quota: z => z.string().describe('What it may hold, in words'),
      },
    },
    async handler(ctx) {
      const { name, component, environment, size } = ctx.input;
      const owner = ctx.input.owner ?? ctx.input.team;
      let applying: Cluster | undefined;
      const left = async () => {
        const found = [
          applying && (await findNamespaceLeft(applying, name)),
          await findRepositoryLeft(git, { owner, name: component }),
        ];
        return found.filter(Boolean).join(' ') || undefined;
      };
      await plainErrors(ctx.signal, left, async () => {
        ctx.signal?.throwIfAborted();
        if (!owner) {
          throw new InputError('owner is missing: name the owning group.');
        }
        const request: PlatformRequest = {
          kind: 'Namespace',
          name,
          owner,
          environment: environment ?? DEFAULT_ENVIRONMENT,
          component,
          spec: { size: size ?? DEFAULT_SIZE },
          idempotencyKey: ctx.task.id,
        };
        const caller = {
          credentials: await ctx.getInitiatorCredentials(),
          signal: ctx.signal,
        };
        const judge = async () => {
          const result = await platform.dryRun(request, caller);
          assertAllowed(result);
          return result;
        };
        const output = (made: { existing: boolean; quota: string }) => {
          ctx.output('namespace', name);
          ctx.output('created', !made.existing);
          ctx.output('existing', made.existing);
          ctx.output('quota', made.quota);
        };
        if (ctx.isDryRun) {
          const result = await judge();
          logDryRun(ctx.logger, result);
          output({
            existing: result.existing,
            quota: describeQuota(result),
          });
          return;
        }
        const cluster = clusters.forEnvironment(
          request.environment ?? DEFAULT_ENVIRONMENT,
        );
        const made = await ensure(ctx, {
          key: `namespace.apply.${name}`,
          effect: async () => {
            const result = await judge();
            applying = cluster;
            await applyNamespace({
              cluster,
              name,
              result,
              judge,
              signal: ctx.signal,
            });
            return {
              existing: result.existing,
              quota: describeQuota(result),
            };
          },
          stillThere: async () => {
            const found = await cluster.get({
              apiVersion: 'v1',
              kind: 'Namespace',
              name,
            });
            return found !== undefined && !found.metadata.deletionTimestamp;
          },
        });
        ctx.logger.info(
          made.existing
            ? `The namespace ${name} existed and is as asked for.`
            : `Created the namespace ${name} in the cluster ${cluster.name}.`,
        );
        if (component) {
          await platform.deliver(name, caller).catch(error => {
            ctx.signal?.throwIfAborted();
            ctx.logger.warn(
              `The first delivery follows a little later: ${
                isError(error) ? error.message : 'no reason given'
              }`,
            );
          });
        }
        output(made);
      });
    },
  });
}
