import { z } from 'zod';
import { instant, label, link, mapPayload, text } from './payload';
import type { SourceSettings } from './settings';
import { bearerToken, bodyHash, hasValidToken } from './signatures';
import type { MappedEvent, WebhookSource } from './types';

const labels = z.record(z.string(), z.string());

const schema = z.object({
  version: z.literal('4', { message: 'must be "4"' }),
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved'], {
          message: 'must be firing or resolved',
        }),
        labels,
        annotations: labels.nullish(),
        startsAt: instant(),
        // `0001-01-01T00:00:00Z` while the alert is firing.
        endsAt: z.string(),
        generatorURL: link(),
        fingerprint: text(),
      }),
    )
    .max(10_000, { message: 'must hold at most 10000 alerts' }),
});

type Alert = z.infer<typeof schema>['alerts'][number];

function reasonToSkip(
  alert: Alert,
  settings: SourceSettings,
): string | undefined {
  const { serviceLabel, environmentLabel, severities } = settings.alertmanager;
  if (!alert.labels[serviceLabel] && !alert.labels.waymark_service) {
    return `carries neither the label ${serviceLabel} nor waymark_service, and so names no service`;
  }
  const environment = alert.labels[environmentLabel];
  if (
    environment &&
    !settings.productionEnvironments.includes(environment.toLowerCase())
  ) {
    return `speaks of the environment ${environment}, which is not production`;
  }
  const severity = alert.labels.severity;
  if (severities && !severities.includes((severity ?? '').toLowerCase())) {
    return `has ${
      severity ? `the severity ${severity}` : 'no severity'
    }, and dora.webhooks.alertmanager.severities names ${severities.join(
      ', ',
    )}`;
  }
  return undefined;
}

function eventOf(alert: Alert, settings: SourceSettings): MappedEvent {
  const service =
    alert.labels.waymark_service ??
    alert.labels[settings.alertmanager.serviceLabel];
  const resolved = alert.status === 'resolved';
  return {
    kind: 'incident',
    // The fingerprint is the alert's labels; it fires anew with another start.
    id: `${alert.fingerprint}@${alert.startsAt}`,
    source: 'alertmanager',
    status: resolved ? 'resolved' : 'open',
    openedAt: alert.startsAt,
    ...(resolved ? { resolvedAt: instant().parse(alert.endsAt) } : {}),
    severity: label(100).parse(alert.labels.severity),
    title: label().parse(alert.annotations?.summary ?? alert.labels.alertname),
    url: alert.generatorURL,
    lookup: {
      ref: service,
      annotations: [
        { annotation: 'backstage.io/kubernetes-id', value: service },
      ],
    },
  };
}

/** Prometheus Alertmanager, webhooks of version 4: each alert is an incident. @internal */
export function createAlertmanagerSource(
  settings: SourceSettings,
): WebhookSource {
  return {
    id: 'alertmanager',
    keptHeaders: [],
    verify: ({ headers, secrets }) =>
      hasValidToken(bearerToken(headers), secrets),
    deliveryKey: ({ rawBody }) => bodyHash(rawBody),
    map: ({ body }) =>
      mapPayload(schema, body, ({ alerts }) => {
        const events: MappedEvent[] = [];
        const skipped: string[] = [];
        for (const [index, alert] of alerts.entries()) {
          const name = label(100).parse(alert.labels.alertname) ?? 'alert';
          const reason = reasonToSkip(alert, settings);
          const ends = instant().safeParse(alert.endsAt);
          if (reason) {
            skipped.push(`${name} ${reason}.`);
          } else if (alert.status === 'resolved' && !ends.success) {
            return {
              rejected: {
                field: `alerts.${index}.endsAt`,
                message: `alerts.${index}.endsAt must be a date and time where the alert is resolved.`,
              },
            };
          } else {
            events.push(eventOf(alert, settings));
          }
        }
        return events.length > 0
          ? { events, skipped }
          : { ignored: skipped[0] ?? 'The delivery holds no alerts.' };
      }),
  };
}
