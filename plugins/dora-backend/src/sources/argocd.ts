import { z } from 'zod';
import { instant, label, link, mapPayload, sha, text } from './payload';
import type { SourceSettings } from './settings';
import { bearerToken, bodyHash, hasValidToken } from './signatures';
import type { MappedDelivery, WebhookSource } from './types';

/** What the template `waymark-deployment` of `infrastructure/argocd` sends. */
const schema = z.object({
  application: text(100),
  namespace: text(63),
  environment: label(100),
  phase: z.enum(['Succeeded', 'Failed', 'Error'], {
    message: 'must be Succeeded, Failed or Error',
  }),
  health: label(),
  revision: label(),
  revisions: z.array(text()).max(100).nullish(),
  startedAt: instant(),
  finishedAt: instant(),
  healthySince: label(64),
  selfHeal: z.boolean().nullish(),
  images: z.array(z.string().max(1000)).max(500).nullish(),
  url: link(),
});

type Payload = z.infer<typeof schema>;

// An application of several sources has several revisions; the first source is the service's own.
function revisionOf(payload: Payload): string | undefined {
  const revision = payload.revisions?.[0] ?? payload.revision;
  return sha().safeParse(revision).success ? revision?.toLowerCase() : revision;
}

// The tag of the only image, where people put the version; a digest is none.
function versionOf(images: readonly string[] | null | undefined) {
  if (images?.length !== 1) return undefined;
  const [name] = images[0].split('@');
  return /:([^/:]+)$/.exec(name)?.[1];
}

// A sync is over when its objects are applied; the deployment once they are
// healthy, too. A degraded one fails just before, so that having been healthy
// once wins, whichever was told first.
function finishOf(payload: Payload, succeeded: boolean): string {
  if (payload.phase === 'Succeeded' && !succeeded) {
    return new Date(Date.parse(payload.finishedAt) - 1).toISOString();
  }
  const healthy = instant().safeParse(payload.healthySince);
  return healthy.success && healthy.data > payload.finishedAt
    ? healthy.data
    : payload.finishedAt;
}

function mapSync(payload: Payload, environment: string): MappedDelivery {
  if (payload.selfHeal) {
    return {
      ignored:
        'Argo CD put back what was deployed already (self-heal); that is no deployment.',
    };
  }
  const { application, namespace } = payload;
  const succeeded =
    payload.phase === 'Succeeded' && payload.health !== 'Degraded';
  return {
    events: [
      {
        kind: 'deployment',
        id: `${namespace}/${application}@${payload.startedAt}`,
        source: 'argocd',
        environment: payload.environment ?? environment,
        status: succeeded ? 'success' : 'failure',
        revision: revisionOf(payload),
        version: versionOf(payload.images),
        startedAt: payload.startedAt,
        finishedAt: finishOf(payload, succeeded),
        url: payload.url,
        lookup: {
          annotations: [
            { annotation: 'argocd/app-name', value: application },
            {
              annotation: 'argocd/app-name',
              value: `${namespace}/${application}`,
            },
          ],
        },
      },
    ],
  };
}

/** Argo CD, through the notification template of `infrastructure/argocd`. @internal */
export function createArgoCdSource(
  settings: SourceSettings['argocd'],
): WebhookSource {
  return {
    id: 'argocd',
    keptHeaders: [],
    signs: 'request',
    verify: ({ headers, secrets }) =>
      hasValidToken(bearerToken(headers), secrets),
    deliveryKey: ({ rawBody }) => bodyHash(rawBody),
    map: ({ body }) =>
      mapPayload(schema, body, payload =>
        mapSync(payload, settings.environment),
      ),
  };
}
