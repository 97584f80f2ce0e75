import { z } from 'zod';
import { artifactOf } from './artifactIds';
import { context, lookupOf, readCustomData, reference } from './cdEventFields';
import { instant, label, link, parsePayload, text, title } from './payload';
import type { MappedDelivery } from './types';

const incidentEvent = z.object({
  context,
  subject: z.object({
    id: text(),
    source: label(),
    content: z.object({
      description: title(),
      environment: reference.nullish(),
      service: reference,
      artifactId: label(2000),
      ticketURI: link(),
    }),
  }),
  customData: z.unknown().optional(),
});

const incidentData = z
  .object({
    openedAt: instant().optional(),
    deployment: text().optional(),
    revision: text().optional(),
    severity: label(100),
  })
  .partial();

/** An incident began or ended. @internal */
export function mapIncident(
  data: unknown,
  predicate: string,
  productionEnvironments: readonly string[],
): MappedDelivery {
  const parsed = parsePayload(incidentEvent, data, 'data');
  if ('rejected' in parsed) return parsed;
  const { context: about, subject, customData } = parsed.value;
  const { content } = subject;
  const environment = content.environment?.id;
  if (
    environment &&
    !productionEnvironments.includes(environment.toLowerCase())
  ) {
    return {
      ignored: `The incident is in the environment ${environment}, which is not production.`,
    };
  }
  const custom = readCustomData(incidentData, customData);
  if ('rejected' in custom) return custom;
  const resolved = predicate === 'resolved';
  const { commit } = artifactOf(content.artifactId);
  return {
    events: [
      {
        kind: 'incident',
        id: subject.id,
        source: subject.source ?? about.source,
        status: resolved ? 'resolved' : 'open',
        openedAt: custom.value.openedAt ?? openedBy(about.timestamp, predicate),
        ...(resolved
          ? { resolvedAt: about.timestamp }
          : { occurredAt: about.timestamp }),
        deployment: custom.value.deployment,
        revision: custom.value.revision ?? commit,
        severity: custom.value.severity,
        title: content.description,
        url: content.ticketURI,
        lookup: lookupOf(content.service.id),
      },
    ],
  };
}

// An end does not repeat when the incident began: it was open just before, and an earlier event says since when.
function openedBy(timestamp: string, predicate: string): string {
  return predicate === 'resolved'
    ? new Date(Date.parse(timestamp) - 1).toISOString()
    : timestamp;
}
