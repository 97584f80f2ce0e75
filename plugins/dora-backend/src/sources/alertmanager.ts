import { z } from 'zod';
import { instant, label, link, mapPayload, text, title } from './payload';
import type { SourceSettings } from './settings';
import { bearerToken, bodyHash, hasValidToken } from './signatures';
import type { MappedDelivery, MappedEvent, WebhookSource } from './types';

const labels = z.record(z.string(), z.string());

const alertSchema = z
  .object({
    status: z.enum(['firing', 'resolved'], {
      message: 'must be firing or resolved',
    }),
    labels,
    annotations: labels.nullish(),
    startsAt: instant(),
    // `0001-01-01T00:00:00Z` while the alert is firing.
    endsAt: instant().optional().catch(undefined),
    generatorURL: link(),
    fingerprint: text(64),
  })
  .refine(alert => alert.status === 'firing' || alert.endsAt, {
    path: ['endsAt'],
    message: 'must be a date and time where the alert is resolved',
  });

const schema = z.object({
  version: z.literal('4', { message: 'must be "4"' }),
  alerts: z
    .array(alertSchema)
    .max(10_000, { message: 'must hold at most 10000 alerts' }),
  truncatedAlerts: z.number().nonnegative().optional().catch(undefined),
});

type Alert = z.infer<typeof alertSchema>;

const short = (value: unknown) => label(100).parse(value);

/** The reason why an alert says nothing of production's services. */
function reasonToSkip(
  alert: Alert,
  settings: SourceSettings,
): string | undefined {
  const { serviceLabel, environmentLabel, severities } = settings.alertmanager;
  if (!serviceOf(alert, settings)) {
    return `names no service in the label ${serviceLabel} or waymark_service`;
  }
  const environment = short(alert.labels[environmentLabel]);
  if (
    environment &&
    !settings.productionEnvironments.includes(environment.toLowerCase())
  ) {
    return `speaks of the environment ${environment}, which is not production`;
  }
  const severity = short(alert.labels.severity);
  if (severities && !severities.includes((severity ?? '').toLowerCase())) {
    return `has ${
      severity ? `the severity ${severity}` : 'no severity'
    }, and dora.webhooks.alertmanager.severities names ${severities.join(
      ', ',
    )}`;
  }
  return undefined;
}

function serviceOf(
  { labels: given }: Alert,
  { alertmanager }: SourceSettings,
): string | undefined {
  return text().safeParse(
    given.waymark_service ?? given[alertmanager.serviceLabel],
  ).data;
}

function eventOf(alert: Alert, settings: SourceSettings): MappedEvent {
  const service = serviceOf(alert, settings) ?? '';
  const resolved = alert.status === 'resolved';
  return {
    kind: 'incident',
    // The fingerprint is the alert's labels; it fires anew with another start.
    id: `${alert.fingerprint}@${alert.startsAt}`,
    source: 'alertmanager',
    status: resolved ? 'resolved' : 'open',
    openedAt: alert.startsAt,
    ...(resolved ? { resolvedAt: alert.endsAt } : {}),
    severity: short(alert.labels.severity),
    title: title().parse(alert.annotations?.summary ?? alert.labels.alertname),
    url: alert.generatorURL,
    lookup: {
      ref: service,
      annotations: [
        { annotation: 'backstage.io/kubernetes-id', value: service },
      ],
    },
  };
}

function mapAlerts(
  { alerts, truncatedAlerts }: z.infer<typeof schema>,
  settings: SourceSettings,
): MappedDelivery {
  const events: MappedEvent[] = [];
  const skipped = new Set<string>();
  if (truncatedAlerts) {
    skipped.add(
      `Alertmanager left out ${truncatedAlerts} alerts of the group: raise max_alerts of the webhook.`,
    );
  }
  for (const alert of alerts) {
    const reason = reasonToSkip(alert, settings);
    if (reason) {
      skipped.add(`${short(alert.labels.alertname) ?? 'An alert'} ${reason}.`);
    } else {
      events.push(eventOf(alert, settings));
    }
  }
  const reasons = [...skipped].slice(0, 10);
  if (events.length === 0) {
    return { ignored: reasons.join(' ') || 'The delivery holds no alerts.' };
  }
  return reasons.length > 0 ? { events, skipped: reasons } : { events };
}

/** Prometheus Alertmanager, webhooks of version 4: each alert is an incident. @internal */
export function createAlertmanagerSource(
  settings: SourceSettings,
): WebhookSource {
  return {
    id: 'alertmanager',
    keptHeaders: [],
    signs: 'request',
    verify: ({ headers, secrets }) =>
      hasValidToken(bearerToken(headers), secrets),
    deliveryKey: ({ rawBody }) => bodyHash(rawBody),
    map: ({ body }) =>
      mapPayload(schema, body, group => mapAlerts(group, settings)),
  };
}
