import { InputError } from '@backstage/errors';
import type { InboxPosition, InboxRow } from './InboxStore';

const POSITION = /^(\d{1,15})\.(event|delivery|rejection)\.(\d{1,18})$/;

/** Where the next page begins, for the caller to hand back. @internal */
export function encodePosition(row: InboxRow): string {
  const { receivedAt, kind, id } = row;
  return Buffer.from(`${receivedAt.getTime()}.${kind}.${id}`).toString(
    'base64url',
  );
}

/** @throws InputError for what {@link encodePosition} did not make @internal */
export function decodePosition(cursor: string): InboxPosition {
  const match = POSITION.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) {
    throw new InputError('cursor must be the nextCursor of the page before.');
  }
  return {
    at: new Date(Number(match[1])),
    kind: match[2] as InboxPosition['kind'],
    id: match[3],
  };
}
