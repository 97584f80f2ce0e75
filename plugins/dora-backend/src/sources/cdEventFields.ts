import { z } from 'zod';
import { instant, parsePayload, text, type Parsed } from './payload';
import type { ServiceLookup } from './types';

/** Something that an event names by its id. @internal */
export const reference = z.object({ id: text() });

/** The part of an event's context that matters here. @internal */
export const context = z.object({
  id: text(),
  source: text(),
  timestamp: instant(),
});

/** @internal */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `customData` is free: what is not an object was not meant for us. @internal */
export function readCustomData<T>(
  schema: z.ZodType<T>,
  customData: unknown,
): Parsed<T> {
  return parsePayload(
    schema,
    isObject(customData) ? customData : {},
    'data.customData',
  );
}

/**
 * A service as the sender calls it: an entity reference, its name, a path that
 * ends in one, or the name that it has in the cluster.
 * @internal
 */
export function lookupOf(id: string): ServiceLookup {
  const segments = id.split('/');
  const names = [...new Set([id, segments.at(-1) ?? id])];
  return {
    ref: id.includes(':') ? id : segments.slice(-2).join('/'),
    annotations: names.map(value => ({
      annotation: 'backstage.io/kubernetes-id',
      value,
    })),
  };
}
