import type { z } from 'zod';
import { normaliseDeployment, normaliseIncident } from './normalise';
import { deploymentRules, incidentRules } from './rules';
import {
  changeBody,
  deploymentBody,
  incidentBody,
  type ChangeBody,
} from './schemas';
import type { DeploymentEvent, DoraEvent, IncidentEvent } from './types';

/** What is wrong with an event: the first field, and a sentence that names it. @public */
export interface EventProblem {
  readonly field: string;
  readonly message: string;
}

/** An event that was read, or what is wrong with it. @public */
export type ParsedEvent<T extends DoraEvent = DoraEvent> =
  | { readonly ok: true; readonly event: T }
  | ({ readonly ok: false } & EventProblem);

/**
 * Reads the body of a deployment. Nothing is coerced and unknown fields are
 * ignored; the event that comes out has its service by the full reference and
 * its instants in UTC.
 * @public
 */
export function parseDeploymentEvent(
  value: unknown,
  /** Milliseconds since 1970. */
  now: number,
): ParsedEvent<DeploymentEvent> {
  const parsed = deploymentBody.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    return { ok: false, ...problemOf(parsed.error) };
  }
  const { changes: given, ...rest } = parsed.data;
  const changes: ChangeBody[] = [];
  for (const [index, item] of given?.entries() ?? []) {
    const change = changeBody.safeParse(item, { reportInput: true });
    if (!change.success) {
      return { ok: false, ...problemOf(change.error, ['changes', index]) };
    }
    changes.push(change.data);
  }
  const body = given ? { ...rest, changes } : rest;
  const problem = deploymentRules(body, now);
  return problem
    ? { ok: false, ...problem }
    : { ok: true, event: normaliseDeployment(body) };
}

/** Reads the body of an incident, as {@link parseDeploymentEvent} does. @public */
export function parseIncidentEvent(
  value: unknown,
  /** Milliseconds since 1970. */
  now: number,
): ParsedEvent<IncidentEvent> {
  const body = incidentBody.safeParse(value, { reportInput: true });
  if (!body.success) {
    return { ok: false, ...problemOf(body.error) };
  }
  const problem = incidentRules(body.data, now);
  return problem
    ? { ok: false, ...problem }
    : { ok: true, event: normaliseIncident(body.data) };
}

/** Reads an event that says by `kind` what it is, as in a file of events. @public */
export function parseEvent(
  value: unknown,
  /** Milliseconds since 1970. */
  now: number,
): ParsedEvent {
  const kind =
    typeof value === 'object' && value !== null && 'kind' in value
      ? value.kind
      : undefined;
  if (kind === 'deployment') return parseDeploymentEvent(value, now);
  if (kind === 'incident') return parseIncidentEvent(value, now);
  const isObject = typeof value === 'object' && value !== null;
  return {
    ok: false,
    ...(isObject && !Array.isArray(value)
      ? sentence('kind', 'one of deployment, incident', kind)
      : sentence('event', 'a JSON object', value)),
  };
}

function problemOf(
  error: z.ZodError,
  within: readonly PropertyKey[] = [],
): EventProblem {
  const [{ path, message, input }] = error.issues;
  return sentence(fieldName([...within, ...path]), message, input);
}

function sentence(
  field: string,
  expected: string,
  given: unknown,
): EventProblem {
  const message =
    given === undefined
      ? `${field} is missing: it must be ${expected}`
      : `${field} must be ${expected}, but is ${describe(given)}`;
  return { field, message };
}

/** `changes[3].sha`; the event itself where the path is empty. */
function fieldName(path: readonly PropertyKey[]): string {
  return (
    path
      .map(part =>
        typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
      )
      .join('')
      .replace(/^\./, '') || 'event'
  );
}

/** Short, whatever was sent: it may be a megabyte, or nested thousands deep. */
function describe(given: unknown): string {
  if (typeof given === 'string') {
    return given.length > 60
      ? `${JSON.stringify(given.slice(0, 40))}... (${given.length} characters)`
      : JSON.stringify(given);
  }
  if (Array.isArray(given)) return `an array of ${given.length}`;
  if (typeof given === 'object' && given !== null) return 'an object';
  return String(given);
}
