import { z } from 'zod';
import { mapGitLabDeployment } from './gitlabDeployments';
import { mapPipeline } from './gitlabPipelines';
import { mapPayload, text } from './payload';
import type { SourceSettings } from './settings';
import { bodyHash, hasValidToken, singleHeader } from './signatures';
import type { WebhookSource } from './types';

const unused: Readonly<Record<string, string>> = {
  push: 'A push deploys nothing; what a deployment changed is read from the repository when it went live.',
  tag_push: 'A tag deploys nothing.',
  merge_request:
    'A merge request deploys nothing; what a deployment changed is read from the repository when it went live.',
};

/** GitLab: deployments, and jobs of pipelines that are configured. @internal */
export function createGitLabSource(
  settings: SourceSettings['gitlab'],
): WebhookSource {
  return {
    id: 'gitlab',
    // The body names its kind itself.
    keptHeaders: [],
    signs: 'request',
    verify: ({ headers, secrets }) =>
      hasValidToken(singleHeader(headers, 'x-gitlab-token'), secrets),
    deliveryKey: ({ rawBody, headers }) => {
      const key = singleHeader(headers, 'idempotency-key');
      if (key) return key;
      // Webhooks that set off one another share this id.
      const uuid = singleHeader(headers, 'x-gitlab-event-uuid');
      return uuid ? `${uuid}:${bodyHash(rawBody)}` : bodyHash(rawBody);
    },
    map: ({ body }) =>
      mapPayload(z.object({ object_kind: text() }), body, payload => {
        const kind = payload.object_kind;
        switch (kind) {
          case 'deployment':
            return mapGitLabDeployment(body);
          case 'pipeline':
            return mapPipeline(body, settings.pipelines);
          default:
            return {
              ignored:
                (Object.hasOwn(unused, kind) && unused[kind]) ||
                `Nothing is made of GitLab's event "${kind.slice(0, 60)}".`,
            };
        }
      }),
  };
}
