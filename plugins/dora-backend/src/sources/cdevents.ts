import type { ChangeInput } from '@waymark/plugin-dora-common';
import { z } from 'zod';
import { artifactOf } from './artifactIds';
import type { CloudEvent } from './cloudevents';
import {
  instant,
  label,
  link,
  parsePayload,
  sha,
  text,
  title,
  type Parsed,
} from './payload';
import { readSenderExtras } from './senderExtras';
import type { SourceSettings } from './settings';
import type { MappedDelivery, ServiceLookup } from './types';

const reference = z.object({ id: text() });

const context = z.object({
  id: text(),
  source: text(),
  timestamp: instant(),
});

const serviceEvent = z.object({
  context,
  subject: z.object({
    id: text(),
    content: z.object({
      environment: reference,
      artifactId: label(2000),
    }),
  }),
  customData: z.unknown().optional(),
});

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

const change = z.object({
  sha: sha(),
  committedAt: instant(),
  firstCommittedAt: instant().optional(),
  pullRequest: z.number().int().positive().optional(),
  parents: z.array(sha()).max(50).optional(),
});

const serviceData = z
  .object({
    startedAt: instant().optional(),
    revision: text().optional(),
    url: link(),
    changes: z.array(change).max(5000).optional(),
  })
  .partial();

const incidentData = z
  .object({
    openedAt: instant().optional(),
    deployment: text().optional(),
    revision: text().optional(),
    severity: label(100),
  })
  .partial();

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// `customData` is free: what is not an object was not meant for us.
function readCustomData<T>(
  schema: z.ZodType<T>,
  customData: unknown,
): Parsed<T> {
  return parsePayload(
    schema,
    isObject(customData) ? customData : {},
    'data.customData',
  );
}

// The subject's id is the service as the sender calls it: an entity reference, its name, or a path that ends in it.
function lookupOf(id: string): ServiceLookup {
  const ref = id.includes(':') ? id : id.split('/').slice(-2).join('/');
  return {
    ref,
    annotations: [{ annotation: 'backstage.io/kubernetes-id', value: id }],
  };
}

/** A service was put into an environment: a successful deployment. */
function mapService(data: unknown, predicate: string): MappedDelivery {
  const parsed = parsePayload(serviceEvent, data, 'data');
  if ('rejected' in parsed) return parsed;
  const { context: about, subject, customData } = parsed.value;
  const extras = readSenderExtras(customData, 'data.customData');
  if ('rejected' in extras) return extras;
  const custom = readCustomData(serviceData, customData);
  if ('rejected' in custom) return custom;
  const { component, ...declared } = extras.value;
  const artifact = artifactOf(subject.content.artifactId);
  return {
    events: [
      {
        kind: 'deployment',
        id: about.id,
        source: about.source,
        environment: subject.content.environment.id,
        status: 'success',
        version: artifact.version,
        finishedAt: about.timestamp,
        // Who says so himself rolled back unplanned, even to a revision that was never heard of.
        ...(predicate === 'rolledback' ? { hotfix: true } : {}),
        ...declared,
        startedAt: custom.value.startedAt,
        revision: custom.value.revision ?? artifact.revision,
        url: custom.value.url,
        changes: custom.value.changes as readonly ChangeInput[] | undefined,
        lookup: {
          ...lookupOf(subject.id),
          ...(component ? { component } : {}),
        },
      },
    ],
  };
}

function mapIncident(
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

const unused: Readonly<Record<string, string>> = {
  removed: 'A service was taken away, which is no deployment.',
  published:
    'A service was made reachable; its deployment was told by service.deployed.',
};

/** Maps a CloudEvent that carries a CDEvent of 0.4 or 0.5; never throws. @internal */
export function mapCdEvent(
  event: CloudEvent,
  settings: Pick<SourceSettings, 'productionEnvironments'>,
): MappedDelivery {
  const [, subject, predicate] =
    /^dev\.cdevents\.(service|incident)\.([a-z]+)(?:\.\d+\.\d+\.\d+[^.]*)?$/.exec(
      event.type,
    ) ?? [];
  if (subject === 'service' && Object.hasOwn(unused, predicate)) {
    return { ignored: unused[predicate] };
  }
  // The CloudEvents binding repeats these three in the event's own attributes.
  const data = isObject(event.data)
    ? {
        ...event.data,
        context: {
          id: event.id,
          source: event.source,
          ...(event.time ? { timestamp: event.time } : {}),
          ...(isObject(event.data.context) ? event.data.context : {}),
        },
      }
    : event.data;
  if (
    subject === 'service' &&
    ['deployed', 'upgraded', 'rolledback'].includes(predicate)
  ) {
    return mapService(data, predicate);
  }
  if (
    subject === 'incident' &&
    ['detected', 'reported', 'resolved'].includes(predicate)
  ) {
    return mapIncident(data, predicate, settings.productionEnvironments);
  }
  return {
    rejected: {
      field: 'type',
      message: `type must be dev.cdevents.service.{deployed,upgraded,rolledback,removed,published} or dev.cdevents.incident.{detected,reported,resolved} with a version, not "${event.type.slice(
        0,
        80,
      )}".`,
    },
  };
}
