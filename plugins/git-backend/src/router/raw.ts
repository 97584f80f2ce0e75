import { NotFoundError } from '@backstage/errors';
import type { Response } from 'express';
import type { Place } from '../services/Contents';
import type { RouterContext } from './context';

/**
 * Sends a file as bytes that no browser runs or shows in the portal's origin.
 * @internal
 */
export async function sendRaw(
  context: RouterContext,
  res: Response,
  place: Place,
): Promise<void> {
  if (place.entry?.type !== 'file') {
    throw new NotFoundError('This is not a file');
  }
  const content = await context.contents.read(place, place.entry);
  res.setHeader('ETag', `"${place.entry.sha}"`);
  res.setHeader('Cache-Control', 'private, no-cache');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  res.setHeader(
    'Content-Disposition',
    `attachment; filename*=UTF-8''${encodeURIComponent(place.entry.name)}`,
  );
  res.type('application/octet-stream').send(content);
}
