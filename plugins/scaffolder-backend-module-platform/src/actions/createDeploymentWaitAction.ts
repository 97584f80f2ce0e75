import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError, isError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { DeploymentStatus } from '@waymark/plugin-platform-common';
import { plainErrors } from '../platform/plainErrors';
import type { PlatformClient } from '../platform/PlatformClient';
import { timeoutMilliseconds } from '../platform/timeoutMilliseconds';
import { examples } from './createDeploymentWaitAction.examples';

const POLL_MS = 1_000;

/** `platform:deployment:wait`: until a component is rolled out in a namespace. @internal */
export function createDeploymentWaitAction(options: {
  platform: PlatformClient;
}) {
  const { platform } = options;
  return createTemplateAction({
    id: 'platform:deployment:wait',
    description:
      'Waits until a component is rolled out in a namespace, and fails at once when its delivery fails.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        namespace: z => z.string().describe('Name of the namespace'),
        component: z => z.string().describe('Name of the catalog component'),
        timeout: z =>
          z
            .union([
              z.number().positive().describe('Seconds'),
              z.string().describe('An ISO 8601 duration, as in PT5M'),
              z.record(z.number()).describe('As in { minutes: 5 }'),
            ])
            .optional()
            .describe('How long to wait at most; 5 minutes unless given'),
      },
      output: {
        revision: z =>
          z
            .string()
            .describe('The commit that runs, where the workload says so'),
        url: z =>
          z
            .string()
            .optional()
            .describe('Where it answers, if it has an Ingress'),
        seconds: z => z.number().describe('How long it took'),
        local: z =>
          z
            .boolean()
            .describe(
              'Whether it is a local cluster, which schedules pods and starts no containers',
            ),
      },
    },
    async handler(ctx) {
      const { namespace, component } = ctx.input;
      const left = async () =>
        `The namespace ${namespace} stays. Push a commit that fixes it and it is delivered again.`;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would wait until ${component} is rolled out in ${namespace}.`,
        );
        ctx.output('revision', '');
        ctx.output('seconds', 0);
        ctx.output('local', false);
        return;
      }
      await plainErrors(ctx.signal, left, async () => {
        const timeout = timeoutMilliseconds(ctx.input.timeout);
        const started = Date.now();
        const credentials = await ctx.getInitiatorCredentials();
        let said = '';
        for (;;) {
          ctx.signal?.throwIfAborted();
          const status = await ask(() =>
            platform.deployment(namespace, component, {
              credentials,
              signal: ctx.signal,
            }),
          );
          if (status.message !== said) {
            said = status.message;
            ctx.logger.info(said);
          }
          if (status.state === 'ready') {
            ctx.output('revision', status.revision ?? '');
            if (status.url) {
              ctx.output('url', status.url);
            }
            ctx.output('seconds', Math.round((Date.now() - started) / 1000));
            ctx.output('local', status.local ?? false);
            return;
          }
          if (status.state === 'failed') {
            throw new Error(`${component} was not deployed: ${said}`);
          }
          if (Date.now() - started > timeout) {
            throw new ServiceUnavailableError(
              `${component} was not rolled out in ${namespace} within ${Math.round(
                timeout / 1000,
              )} seconds: ${said}.`,
            );
          }
          await sleep(POLL_MS, undefined, { signal: ctx.signal });
        }
      });
    },
  });
}

/** A cluster or portal that is away for a moment is asked again. */
async function ask(
  call: () => Promise<DeploymentStatus>,
): Promise<
  Pick<DeploymentStatus, 'state' | 'message' | 'revision' | 'url'> &
    Partial<Pick<DeploymentStatus, 'local'>>
> {
  try {
    return await call();
  } catch (error) {
    if (isError(error) && error.name === 'ServiceUnavailableError') {
      return { state: 'progressing', message: error.message };
    }
    throw error;
  }
}
