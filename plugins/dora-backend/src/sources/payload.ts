import { DateTime } from 'luxon';
import { z } from 'zod';
import type { MappedDelivery, MappingProblem } from './types';

/** A payload's part that was as expected, or what is wrong with it. @internal */
export type Parsed<T> =
  | { readonly value: T }
  | { readonly rejected: MappingProblem };

const nouns: Record<string, string> = {
  array: 'a list',
  object: 'an object',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  record: 'an object',
};

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `the ${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    body,
  );
}

/** Reads the fields that a mapper needs; the first thing wrong is named with its field. @internal */
export function parsePayload<T>(
  schema: z.ZodType<T>,
  body: unknown,
  at: string = '',
): Parsed<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { value: parsed.data };
  const issue = parsed.error.issues[0];
  const field =
    [at, ...issue.path.map(String)].filter(Boolean).join('.') || 'body';
  const expected =
    issue.code === 'invalid_type'
      ? `must be ${nouns[issue.expected] ?? issue.expected}`
      : issue.message;
  const given = describe(valueAt(body, issue.path));
  const message = `${field} ${expected}, ${
    given === 'missing' ? 'and is missing' : `not ${given}`
  }`;
  return { rejected: { field, message } };
}

/** Maps a payload that has the expected shape, and rejects any other. @internal */
export function mapPayload<T>(
  schema: z.ZodType<T>,
  body: unknown,
  map: (value: T) => MappedDelivery,
): MappedDelivery {
  const parsed = parsePayload(schema, body);
  return 'rejected' in parsed ? parsed : map(parsed.value);
}

// What no name of an event may hold, see the checks of dora-common.
const forbidden = /[<>"'`;\\\p{Cc}\p{Cs}]/u;
const control = /[\p{Cc}\p{Cs}]+/gu;

/** A name: not empty, at most `max` characters, without quotes, markup and control characters. @internal */
export const text = (max = 200) =>
  z
    .string()
    .min(1, { message: 'must not be empty' })
    .max(max, { message: `must be at most ${max} characters long` })
    .refine(value => !forbidden.test(value), {
      message: 'must not hold quotes, markup or control characters',
    });

const optionalText = (clean: (value: string) => string, max: number) =>
  z
    .unknown()
    .optional()
    .transform(value =>
      typeof value === 'string'
        ? clean(value.slice(0, max)).trim() || undefined
        : undefined,
    );

/** An optional name: what may not stand in one is left out, and so is all that is not text. @internal */
export const label = (max = 200) =>
  optionalText(value => value.replace(new RegExp(forbidden, 'gu'), ''), max);

/** An optional text for people, cut where it is too long; all that is not text is left out. @internal */
export const title = () =>
  optionalText(value => value.replace(control, ' '), 500);

const httpUrl =
  /^https?:\/\/[^\s<>"'`\\@\p{Cc}\p{Cs}]+(?:[/?#][^\s<>"'`\\\p{Cc}\p{Cs}]*)?$/iu;

/** An optional link: anything but HTTP and HTTPS without credentials is left out. @internal */
export const link = () =>
  z
    .unknown()
    .optional()
    .transform(value =>
      typeof value === 'string' &&
      value.length <= 2000 &&
      httpUrl.test(value) &&
      URL.canParse(value)
        ? value
        : undefined,
    );

/** A number that a sender uses as an id, as text. @internal */
export const numericId = () =>
  z
    .number()
    .int({ message: 'must be a whole number' })
    .nonnegative({ message: 'must not be negative' })
    .transform(String);

/** A commit's hash, in full or abbreviated. @internal */
export const sha = () =>
  z.string().regex(/^[0-9a-f]{7,64}$/i, {
    message: 'must be a commit hash of 7 to 64 hexadecimal digits',
  });

// GitLab writes `2021-04-28 21:50:00 +0200` and `2016-08-12 15:23:28 UTC`.
const gitlabFormats = ['yyyy-MM-dd HH:mm:ss ZZZ', "yyyy-MM-dd HH:mm:ss 'UTC'"];

function toInstant(value: string): string | undefined {
  const candidates = [
    DateTime.fromISO(value, { zone: 'utc' }),
    ...gitlabFormats.map(format =>
      DateTime.fromFormat(value, format, { zone: 'utc' }),
    ),
  ];
  const instant = candidates.find(candidate => candidate.isValid);
  return instant && instant.year >= 1970 && instant.year <= 2199
    ? instant.toJSDate().toISOString()
    : undefined;
}

/** An instant in ISO 8601 or as GitLab writes it, as ISO 8601 in UTC. @internal */
export const instant = () =>
  z
    .string()
    .max(64, { message: 'must be a date and time' })
    .transform((value, context) => {
      const result = toInstant(value);
      if (!result) {
        context.addIssue({
          code: 'custom',
          message: 'must be a date and time between 1970 and 2199',
        });
        return z.NEVER;
      }
      return result;
    });
