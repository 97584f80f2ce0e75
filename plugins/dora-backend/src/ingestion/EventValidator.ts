import {
  eventInstant,
  parseDeploymentEvent,
  parseEvent,
  parseIncidentEvent,
  type DoraEvent,
  type EventProblem,
  type ParsedEvent,
} from '@waymark/plugin-dora-common';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { MappedEvent } from '../sources/types';
import { findTextProblem } from './findTextProblem';

/** Stands for the service that is still to be looked up. */
const UNKNOWN_SERVICE = 'component:default/unknown';

/** An event that may be stored, or why it may not. @internal */
export type CheckedEvent<T> =
  | { readonly event: T }
  | { readonly problem: EventProblem };

/** Tells events that may be stored from what may not. @internal */
export class EventValidator {
  constructor(
    private readonly options: {
      readonly now: () => number;
      /** Undefined: events of any age are taken. */
      readonly retention?: HumanDuration;
    },
  ) {}

  /** What names no kind is taken for one of `kind`. */
  check(
    value: unknown,
    kind?: 'deployment' | 'incident',
  ): CheckedEvent<DoraEvent> {
    return this.recent(parse(value, kind, this.options.now()));
  }

  /** An event that a mapper made. */
  checkMapped({ lookup, ...event }: MappedEvent): CheckedEvent<MappedEvent> {
    const problem = findTextProblem(lookup);
    if (problem) return { problem };
    const placeholder = { ...event, service: UNKNOWN_SERVICE };
    const checked = this.recent(parseEvent(placeholder, this.options.now()));
    if ('problem' in checked) return checked;
    if (checked.event.kind === 'deployment') {
      const { service: _, ...deployment } = checked.event;
      return { event: { ...deployment, lookup } };
    }
    const { services: _, ...incident } = checked.event;
    return { event: { ...incident, lookup } };
  }

  private recent(parsed: ParsedEvent): CheckedEvent<DoraEvent> {
    if (!parsed.ok) {
      return { problem: { field: parsed.field, message: parsed.message } };
    }
    const { event } = parsed;
    const { now, retention } = this.options;
    const instant = eventInstant(event);
    if (
      !retention ||
      instant === undefined ||
      instant >= now() - durationToMilliseconds(retention)
    ) {
      return { event };
    }
    const field = instantField(event);
    const since = new Date(now() - durationToMilliseconds(retention));
    return {
      problem: {
        field,
        message: `${field} is ${new Date(
          instant,
        ).toISOString()}, and events from before ${since.toISOString()} are not kept: dora.retention.events decides how far back they are.`,
      },
    };
  }
}

function parse(
  value: unknown,
  kind: 'deployment' | 'incident' | undefined,
  now: number,
): ParsedEvent {
  if (!kind) return parseEvent(value, now);
  const given =
    typeof value === 'object' && value !== null && 'kind' in value
      ? value.kind
      : kind;
  if (given !== kind) {
    const message = `kind must be ${kind} here: other events have a route of their own`;
    return { ok: false, field: 'kind', message };
  }
  return kind === 'deployment'
    ? parseDeploymentEvent(value, now)
    : parseIncidentEvent(value, now);
}

function instantField(event: DoraEvent): string {
  const fields =
    event.kind === 'deployment'
      ? (['finishedAt', 'occurredAt', 'startedAt'] as const)
      : (['resolvedAt', 'occurredAt', 'openedAt'] as const);
  return fields.find(field => field in event) ?? 'occurredAt';
}
