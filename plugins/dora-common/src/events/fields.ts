import { z } from 'zod';
import { parseInstant } from './instants';
import { normaliseServiceRef } from './refs';

/*
 * The error of every check says what the field must be, as the end of a
 * sentence that begins with `<field> must be`; `parse.ts` completes it.
 *
 * Control characters and halves of surrogate pairs are refused everywhere, for
 * PostgreSQL stores neither; markup and quotes are refused in all that is a
 * name, so that no name can mean something where it is shown or queried, and
 * so are characters that cannot be seen (zero-width ones, those that turn the
 * direction of writing, line separators), so that no two names look the same.
 */
const NAME = /^[^<>"'`;\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u;
const TOKEN = /^[^\s<>"'`;\\\p{Cc}\p{Cf}\p{Cs}]+$/u;
const SHA = /^[\w.:/+@-]+$/;
const FREE_TEXT = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;
const HTTP_URL =
  /^https?:\/\/[^\s<>"'`\\@/?#\p{Cc}\p{Cf}\p{Cs}]+(?:[/?#][^\s<>"'`\\\p{Cc}\p{Cf}\p{Cs}]*)?$/iu;

function text(pattern: RegExp, max: number, what: string) {
  const error = `${what} of 1 to ${max} characters`;
  return z
    .string(error)
    .min(1, error)
    .max(max, { error, abort: true })
    .regex(pattern, error);
}

/** @internal */
export const name = (max: number = 200) =>
  text(
    NAME,
    max,
    'a string without quotes, markup, control or invisible characters',
  );

/** @internal */
export const token = (max: number = 200) =>
  text(
    TOKEN,
    max,
    'a string without spaces, quotes, markup or invisible characters',
  );

/** @internal */
export const sha = text(SHA, 64, 'a commit hash or token');

/**
 * A list whose length is looked at before its items are, so that millions of
 * bad ones make one problem, not millions.
 */
function list<T>(
  isItem: (item: unknown) => item is T,
  max: number,
  of: string,
) {
  return z.custom<readonly T[]>(
    value => Array.isArray(value) && value.length <= max && value.every(isItem),
    `an array of at most ${max} ${of}`,
  );
}

/** @internal */
export const shas = (max: number) =>
  list(
    (item): item is string =>
      typeof item === 'string' && sha.safeParse(item).success,
    max,
    'commit hashes',
  );

/** Of items that are to be checked one by one. @internal */
export const unread = (max: number, of: string) =>
  list((item): item is unknown => item !== undefined, max, of);

/** @internal */
export const freeText = (max: number) => {
  const error = `a string of at most ${max} characters without control characters`;
  return z
    .string(error)
    .max(max, { error, abort: true })
    .regex(FREE_TEXT, error);
};

const URL_ERROR =
  'an http or https URL of at most 2000 characters without credentials';

/** @internal */
export const url = z
  .string(URL_ERROR)
  .max(2000, { error: URL_ERROR, abort: true })
  .regex(HTTP_URL, { error: URL_ERROR, abort: true })
  .refine(value => URL.canParse(value), URL_ERROR);

const INSTANT_ERROR =
  'an ISO 8601 instant with an offset, such as 2026-03-02T10:03:12Z';

/** @internal */
export const instant = z
  .string(INSTANT_ERROR)
  .max(40, { error: INSTANT_ERROR, abort: true })
  .refine(value => parseInstant(value) !== undefined, INSTANT_ERROR);

const SERVICE_ERROR =
  'the entity reference of a Component, such as component:default/checkout';

/** @internal */
export const service = z
  .string(SERVICE_ERROR)
  .max(200, { error: SERVICE_ERROR, abort: true })
  .refine(value => normaliseServiceRef(value) !== undefined, SERVICE_ERROR);

/** @internal */
export const services = list(
  (item): item is string => service.safeParse(item).success,
  100,
  'entity references of Components, such as ["component:default/checkout"]',
);
