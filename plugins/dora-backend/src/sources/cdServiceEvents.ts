import type { ChangeInput } from '@waymark/plugin-dora-common';
import { z } from 'zod';
import { artifactOf } from './artifactIds';
import { context, lookupOf, readCustomData, reference } from './cdEventFields';
import { instant, label, link, parsePayload, sha, text } from './payload';
import { readSenderExtras } from './senderExtras';
import type { MappedDelivery } from './types';

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

/** A service was put into an environment: a successful deployment. @internal */
export function mapService(data: unknown, predicate: string): MappedDelivery {
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
