import { z } from 'zod';
import { instant, label, link, mapPayload, text, title } from './payload';
import { bodyHash, hasValidHmac, singleHeader } from './signatures';
import type { MappedDelivery, WebhookSource } from './types';

const envelope = z.object({
  event: z.object({ id: text(), event_type: text() }),
});

const incidentEvent = z.object({
  event: z.object({
    event_type: text(),
    occurred_at: instant(),
    data: z.object({
      id: text(),
      html_url: link(),
      status: z.enum(['triggered', 'acknowledged', 'resolved'], {
        message: 'must be triggered, acknowledged or resolved',
      }),
      created_at: instant(),
      title: title(),
      service: z.object({ id: text() }),
      priority: z.object({ summary: label() }).nullish().catch(undefined),
      urgency: label(),
    }),
  }),
});

/** The events that say whether an incident is open; the others say who works on it, and how. */
const telling = [
  'incident.triggered',
  'incident.acknowledged',
  'incident.unacknowledged',
  'incident.escalated',
  'incident.delegated',
  'incident.reassigned',
  'incident.priority_updated',
  'incident.reopened',
  'incident.resolved',
];

function mapIncident(body: unknown): MappedDelivery {
  return mapPayload(incidentEvent, body, ({ event }) => {
    const { data } = event;
    const resolved = event.event_type === 'incident.resolved';
    if (!resolved && data.status === 'resolved') {
      return {
        ignored: 'The incident is resolved already; this changes nothing.',
      };
    }
    return {
      events: [
        {
          kind: 'incident',
          id: data.id,
          source: 'pagerduty',
          status: resolved ? 'resolved' : 'open',
          openedAt: data.created_at,
          ...(resolved ? { resolvedAt: event.occurred_at } : {}),
          // An incident that is opened again keeps the instant of its creation.
          ...(event.event_type === 'incident.reopened'
            ? { occurredAt: event.occurred_at }
            : {}),
          severity: data.priority?.summary ?? data.urgency,
          title: data.title,
          url: data.html_url,
          lookup: {
            annotations: [
              {
                annotation: 'pagerduty.com/service-id',
                value: data.service.id,
              },
            ],
          },
        },
      ],
    };
  });
}

/** PagerDuty, webhooks of version 3: incidents. @internal */
export const pagerDutySource: WebhookSource = {
  id: 'pagerduty',
  keptHeaders: [],
  verify: ({ rawBody, headers, secrets }) =>
    hasValidHmac({
      rawBody,
      // While a secret is being replaced there is a signature for each.
      signatures: (singleHeader(headers, 'x-pagerduty-signature') ?? '')
        .split(',')
        .slice(0, 20)
        .map(signature => /^v1=(.+)$/.exec(signature.trim())?.[1] ?? ''),
      secrets,
    }),
  deliveryKey: ({ rawBody }) => eventId(rawBody) ?? bodyHash(rawBody),
  map: ({ body }) =>
    mapPayload(envelope, body, ({ event }) =>
      telling.includes(event.event_type)
        ? mapIncident(body)
        : {
            ignored: `"${event.event_type.slice(
              0,
              60,
            )}" does not say whether an incident is open.`,
          },
    ),
};

// No header tells deliveries apart; the event's id stays the same when it is sent again.
function eventId(rawBody: Buffer): string | undefined {
  try {
    const parsed = envelope.safeParse(JSON.parse(rawBody.toString('utf8')));
    return parsed.success ? parsed.data.event.id : undefined;
  } catch {
    return undefined;
  }
}
