import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { Filter, MetricsFilter, ScopeQuery } from './Filter';
import { parseQuery, quote } from './parseQuery';
import { defaultInterval, parseTimezone, parseWindow } from './parseWindow';

const KINDS = {
  service: 'Component',
  system: 'System',
  team: 'Group',
} as const;

const filterSchema = z.object({
  service: z.string().optional(),
  system: z.string().optional(),
  team: z.string().optional(),
  environment: z
    .string()
    .max(200, 'give at most 200 characters')
    .refine(text => !text.includes('\0'), 'give it without a null character')
    .optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  timezone: z.string().optional(),
});

const metricsSchema = filterSchema.extend({
  interval: z
    .enum(['day', 'week', 'month'], { error: 'allowed are day, week, month' })
    .optional(),
});

type Query = Readonly<Record<string, unknown>>;

/** Which deployments or incidents are asked for. @internal */
export function parseFilter(query: Query, now: number): Filter {
  return toFilter(parseQuery(filterSchema, query), now);
}

/** Which metrics are asked for. @internal */
export function parseMetricsFilter(query: Query, now: number): MetricsFilter {
  const given = parseQuery(metricsSchema, query);
  const filter = toFilter(given, now);
  return {
    ...filter,
    timezone: parseTimezone(given.timezone),
    interval: given.interval ?? defaultInterval(filter.window),
  };
}

function toFilter(given: z.output<typeof filterSchema>, now: number): Filter {
  return {
    scope: parseScope(given),
    environment: given.environment?.toLowerCase(),
    window: parseWindow(given, parseTimezone(given.timezone), now),
  };
}

function parseScope(
  given: Partial<Record<keyof typeof KINDS, string>>,
): ScopeQuery {
  const kinds = (['service', 'system', 'team'] as const).filter(
    kind => given[kind] !== undefined,
  );
  if (kinds.length > 1) {
    throw new InputError(
      `The parameters ${kinds
        .map(kind => `"${kind}"`)
        .join(
          ' and ',
        )} exclude each other: give one of service, system and team, or none for the whole organisation.`,
    );
  }
  const [kind] = kinds;
  return kind
    ? { kind, ref: entityRef(kind, given[kind]!) }
    : { kind: 'organisation' };
}

function entityRef(parameter: keyof typeof KINDS, given: string): string {
  const kind = KINDS[parameter];
  const problem = `The parameter "${parameter}" is ${quote(
    given,
  )}: give the name or the entity reference of a ${kind}, such as ${kind.toLowerCase()}:default/example.`;
  if (given.length > 200 || !/^[\w.:/-]+$/.test(given)) {
    throw new InputError(problem);
  }
  let ref;
  try {
    ref = parseEntityRef(given, {
      defaultKind: kind,
      defaultNamespace: 'default',
    });
  } catch {
    throw new InputError(problem);
  }
  if (ref.kind.toLowerCase() !== kind.toLowerCase()) {
    throw new InputError(problem);
  }
  return stringifyEntityRef(ref);
}
