import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { parseQuery, quote } from './parseQuery';

/** The last row of a page. @internal */
export interface Position {
  /** Microseconds since 1970, as the database counts. */
  readonly at: string;
  readonly id: string;
}

/** Which page is asked for. @internal */
export interface Page {
  readonly after?: Position;
  readonly limit: number;
}

const MOST = 1000;
const POSITION = /^1:(-?\d{1,17}):(\d{1,18})$/;

const pageSchema = z.object({
  cursor: z.string().optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, `give a whole number from 1 to ${MOST}`)
    .transform(Number)
    .refine(
      limit => limit >= 1 && limit <= MOST,
      `give a whole number from 1 to ${MOST}`,
    )
    .default(100),
});

/** Reads `cursor` and `limit`. @internal */
export function parsePage(query: Readonly<Record<string, unknown>>): Page {
  const { cursor, limit } = parseQuery(pageSchema, query);
  return { limit, after: cursor === undefined ? undefined : read(cursor) };
}

/** The cursor of the page after a row. @internal */
export function cursorAfter({ at, id }: Position): string {
  return Buffer.from(`1:${at}:${id}`).toString('base64url');
}

function read(cursor: string): Position {
  const text = Buffer.from(cursor.slice(0, 100), 'base64url').toString(
    'latin1',
  );
  const match = POSITION.exec(text);
  if (!match || cursorAfter({ at: match[1], id: match[2] }) !== cursor) {
    throw new InputError(
      `The parameter "cursor" is ${quote(
        cursor,
      )}: give the nextCursor of the page before, or none for the first page.`,
    );
  }
  return { at: match[1], id: match[2] };
}
