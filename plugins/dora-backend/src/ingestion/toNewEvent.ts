import {
  canonicalJson,
  eventInstant,
  type DoraEvent,
  type DoraEventInput,
} from '@waymark/plugin-dora-common';
import { createHash } from 'node:crypto';
import type { NewEvent } from '../database/EventStore';
import type { MappedEvent, ServiceLookup } from '../sources/types';

/** What is stored of an event that has been found valid. @internal */
export function toNewEvent(event: DoraEvent | MappedEvent): NewEvent {
  const { kind, service, services, lookup, ...body } = event as Loose;
  const { source, id, status } = event;
  return {
    kind,
    source,
    externalId: id,
    status,
    // what is looked up has no services yet, and needs none for its instant
    instant: eventInstant(event as DoraEventInput),
    serviceRefs: services ?? (service === undefined ? undefined : [service]),
    lookup,
    body: JSON.stringify(body),
    hash: createHash('sha256').update(canonicalJson(event)).digest('hex'),
  };
}

type Loose = {
  readonly kind: DoraEvent['kind'];
  readonly service?: string;
  readonly services?: readonly string[];
  readonly lookup?: ServiceLookup;
};
