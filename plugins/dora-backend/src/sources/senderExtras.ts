import { z } from 'zod';
import { parsePayload, text, type Parsed } from './payload';

/**
 * What a sender may say in the free part of its own payload (a GitHub
 * deployment's `payload`, a CDEvent's `customData`).
 * @internal
 */
export interface SenderExtras {
  readonly rolloutId?: string;
  readonly version?: string;
  readonly remediates?: { readonly deployment: string };
  readonly hotfix?: boolean;
  /** Which of a monorepo's components is meant. */
  readonly component?: string;
}

const id = () =>
  z.union([text(), z.number().int().nonnegative().transform(String)] as const, {
    message: 'must be a text or a number',
  });

const schema = z.object({
  rolloutId: id().nullish(),
  version: text().nullish(),
  remediates: z
    .union(
      [
        id().transform(deployment => ({ deployment })),
        z.object({ deployment: id() }),
      ] as const,
      { message: 'must be the id of a deployment' },
    )
    .nullish(),
  hotfix: z.boolean().nullish(),
  component: text().nullish(),
});

function asObject(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  // GitHub keeps a payload that was sent as text as text.
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}

/**
 * Reads what the sender says beyond its own format; anything that is not an
 * object says nothing, as the field is free.
 * @internal
 */
export function readSenderExtras(
  given: unknown,
  at: string,
): Parsed<SenderExtras> {
  const value = asObject(given);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { value: {} };
  }
  const parsed = parsePayload(schema, value, at);
  if ('rejected' in parsed) return parsed;
  return {
    value: Object.fromEntries(
      Object.entries(parsed.value).filter(
        ([, each]) => each !== null && each !== undefined,
      ),
    ),
  };
}
