import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';

/** Where the repository of the tests is cloned from. */
export const REMOTE_URL =
  'http://localhost:7007/api/git/team-payments/orders.git';

/** The scaffolder with its own actions, and the platform's replaced by what they answer. */
export async function startScaffolder() {
  const platformActions = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'platform-actions-stub',
    register(reg) {
      reg.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          actions.addActions(
            stub('platform:repository:create', input => ({
              remoteUrl: REMOTE_URL,
              repoContentsUrl: REMOTE_URL.replace('.git', '/src/branch/main/'),
              catalogInfoUrl: REMOTE_URL.replace(
                '.git',
                '/src/branch/main/catalog-info.yaml',
              ),
              commitSha: 'c'.repeat(40),
              created: Boolean(input.name),
            })),
            stub('platform:kubernetes:namespace:create', input => ({
              namespace: input.name,
              created: true,
              existing: false,
              quota: 'cpu 4',
            })),
            stub('platform:deployment:wait', () => ({
              seconds: 1,
              local: true,
            })),
          );
        },
      });
    },
  });
  return startTestBackend({
    features: [
      scaffolderPlugin,
      platformActions,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data: {} }),
    ],
  });
}

function stub(
  id: string,
  answer: (input: Record<string, unknown>) => Record<string, unknown>,
) {
  return createTemplateAction({
    id,
    supportsDryRun: true,
    async handler(ctx) {
      const input = ctx.input as Record<string, unknown>;
      for (const [key, value] of Object.entries(answer(input))) {
        ctx.output(key as never, value as never);
      }
    },
  });
}

/** Every file below a folder, as the scaffolder's dry run takes them. */
export async function readAll(folder: string) {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(async path => ({
        path: relative(folder, path),
        base64Content: (await readFile(path)).toString('base64'),
      })),
  );
}
