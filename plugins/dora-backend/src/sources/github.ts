import { bodyHash, hasValidHmac, singleHeader } from './signatures';
import { mapDeployment, mapDeploymentStatus } from './githubDeployments';
import { mapWorkflowRun } from './githubWorkflowRuns';
import type { SourceSettings } from './settings';
import type { MappedDelivery, WebhookSource } from './types';

const unused: Readonly<Record<string, string>> = {
  ping: 'GitHub asked whether the webhook works: it does.',
  push: 'A push deploys nothing; what a deployment changed is read from the repository when it went live.',
  pull_request:
    'A pull request deploys nothing; what a deployment changed is read from the repository when it went live.',
};

/** GitHub: deployments, their statuses, and runs of the workflows that are configured. @internal */
export function createGitHubSource(
  settings: SourceSettings['github'],
): WebhookSource {
  return {
    id: 'github',
    keptHeaders: ['x-github-event'],
    verify: ({ rawBody, headers, secrets }) => {
      const [, signature] =
        /^sha256=(.+)$/.exec(
          singleHeader(headers, 'x-hub-signature-256') ?? '',
        ) ?? [];
      return hasValidHmac({
        rawBody,
        signatures: signature ? [signature] : [],
        secrets,
      });
    },
    deliveryKey: ({ rawBody, headers }) =>
      singleHeader(headers, 'x-github-delivery') ?? bodyHash(rawBody),
    map: ({ headers, body }): MappedDelivery => {
      const event = headers['x-github-event'];
      switch (event) {
        case 'deployment':
          return mapDeployment(body);
        case 'deployment_status':
          return mapDeploymentStatus(body);
        case 'workflow_run':
          return mapWorkflowRun(body, settings.workflows);
        case undefined:
          return {
            rejected: {
              field: 'X-GitHub-Event',
              message:
                'The header X-GitHub-Event is missing: GitHub names the event in it.',
            },
          };
        default:
          return {
            ignored:
              (Object.hasOwn(unused, event) && unused[event]) ||
              `Nothing is made of GitHub's event "${event.slice(0, 60)}".`,
          };
      }
    },
  };
}
