import { InputError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { knownSenders, tooSlow } from './BodyBudget';
import { HttpError } from './HttpError';
import type { IncomingItem } from './IngestionService';
import { MAX_ITEMS } from './limits';
import { parseJson } from './parseJson';
import { readBody } from './readBody';
import { readLines } from './readLines';

/** A stream may take as long as it likes, but not stand still. */
const STILL_SECONDS = 30;

const STREAMS = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
];

/** The items of a request: of a JSON object or array, or of a stream of lines. @internal */
export async function readItems(
  req: Request,
  res: Response,
): Promise<AsyncIterable<IncomingItem> | Iterable<IncomingItem>> {
  const type = mediaType(req);
  if (STREAMS.includes(type)) return readStream(req, res);
  if (type !== 'application/json') {
    throw new HttpError(
      415,
      `The content-type ${
        type ? `"${type.slice(0, 80)}" is not understood` : 'is missing'
      }: send application/json, or application/x-ndjson for a stream of lines.`,
    );
  }
  return asItems(parseJson(await readBody(req, res, knownSenders), 'The body'));
}

/**
 * An object or an array as items.
 * @throws HttpError 413 for more than 1,000
 * @internal
 */
export function asItems(body: unknown): IncomingItem[] {
  const values = Array.isArray(body) ? body : [body];
  if (values.length > MAX_ITEMS) {
    throw new HttpError(
      413,
      `The body holds ${values.length} items, and at most ${MAX_ITEMS} are taken at a time: send it in parts, or as a stream of lines (application/x-ndjson).`,
    );
  }
  if (values.length === 0) {
    const message = 'The list is empty: send at least one item.';
    return [{ index: 0, problem: { field: 'body', message } }];
  }
  return values.map((value, index) => ({ index, value }));
}

/** Without parameters, in lower case. @internal */
export function mediaType(req: Request): string {
  return (req.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
}

async function* readStream(
  req: Request,
  res: Response,
): AsyncGenerator<IncomingItem> {
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new HttpError(415, 'A stream of lines is taken uncompressed only.');
  }
  try {
    yield* readLines(chunksOf(req));
  } catch (error) {
    if ((error as { code?: string }).code === 'ECONNRESET') {
      throw new InputError(
        'The stream ended in the middle: send it again, what was stored counts once.',
      );
    }
    res.set('connection', 'close');
    throw error;
  }
}

/** Unlike the request's own iterator, leaves the connection open for the answer. */
async function* chunksOf(req: Request): AsyncGenerator<Buffer> {
  const chunks = req.iterator({ destroyOnReturn: false });
  for (;;) {
    const chunk = await withoutStandstill(chunks.next());
    if (chunk.done) return;
    yield chunk.value;
  }
}

async function withoutStandstill<T>(next: Promise<T>): Promise<T> {
  const { promise: still, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(tooSlow(STILL_SECONDS)),
    STILL_SECONDS * 1_000,
  );
  try {
    return await Promise.race([next, still]);
  } finally {
    clearTimeout(timer);
  }
}
