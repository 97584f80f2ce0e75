import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';
import type { IncomingHttpHeaders } from 'node:http';
import type { IngestionService } from '../ingestion/IngestionService';
import { bodyHash } from './signatures';
import type { WebhookSource } from './types';

/** The senders that Backstage's events backend has modules for; the topic is called the same. */
const topics = ['github', 'gitlab'] as const;
type Topic = (typeof topics)[number];

const MAX_KEY = 200;

/**
 * The topics whose events are taken. By default those whose signatures
 * Backstage checks: it publishes unsigned ones where it knows no secret, or
 * where `events.http.topics` opens a topic without a module of its own.
 * @internal
 */
export function readEventTopics(config: Config): readonly Topic[] {
  return topics.filter(
    topic =>
      config.getOptionalBoolean(`dora.events.${topic}`) ??
      (isSigned(config, topic) &&
        !config.getOptionalStringArray('events.http.topics')?.includes(topic)),
  );
}

function isSigned(config: Config, topic: Topic): boolean {
  if (config.has(`events.modules.${topic}.webhookSecret`)) return true;
  if (topic !== 'github') return false;
  return (config.getOptionalConfigArray('integrations.github') ?? []).some(
    integration =>
      integration
        .getOptionalConfigArray('apps')
        ?.some(app => app.has('webhookSecret')),
  );
}

/**
 * Takes the webhooks that Backstage's own events backend receives. Their
 * delivery ids are the same as of a webhook sent here, so that both together
 * count once.
 * @internal
 */
export async function subscribeToEvents(options: {
  readonly events: EventsService;
  readonly ingestion: Pick<IngestionService, 'acceptDelivery'>;
  readonly logger: LoggerService;
  readonly rootConfig: Config;
  readonly sources: readonly WebhookSource[];
}): Promise<void> {
  const { events, ingestion, logger, rootConfig } = options;
  for (const topic of readEventTopics(rootConfig)) {
    const source = options.sources.find(each => each.id === topic);
    if (!source) continue;
    await events.subscribe({
      id: `dora-${topic}`,
      topics: [topic],
      onEvent: async params => {
        await ingestion.acceptDelivery(toDelivery(params, source));
      },
    });
    logger.info(
      `Taking deployments from the topic "${topic}" of the events service`,
    );
  }
}

/** The events service carries the request's headers as metadata, and its body parsed. */
function toDelivery(
  { eventPayload, metadata = {} }: EventParams,
  source: WebhookSource,
) {
  const headers: IncomingHttpHeaders = metadata;
  const body = Buffer.from(JSON.stringify(eventPayload) ?? 'null');
  const key = source.deliveryKey({ headers, rawBody: body });
  return {
    source: source.id,
    deliveryKey: key.length <= MAX_KEY ? key : bodyHash(Buffer.from(key)),
    headers: Object.fromEntries(
      source.keptHeaders.flatMap(name => {
        const value = headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    ),
    body,
  };
}
