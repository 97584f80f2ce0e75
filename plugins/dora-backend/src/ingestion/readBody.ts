import { InputError } from '@backstage/errors';
import express, { type Request, type Response } from 'express';
import type { BodyBudget } from './BodyBudget';
import { HttpError } from './HttpError';
import { MAX_BODY } from './limits';

const parse = express.raw({ type: () => true, limit: MAX_BODY });

/**
 * Reads a body of at most 5 MB, inflated where it came compressed.
 * @throws HttpError 413 when it is larger, 415 when its encoding is unknown,
 * 408 when it takes too long, 503 when too many others are being read
 * @internal
 */
export async function readBody(
  req: Request,
  res: Response,
  budget: BodyBudget,
): Promise<Buffer> {
  try {
    await budget.watch(
      req,
      new Promise<void>((resolve, reject) => {
        parse(req, res, error => (error ? reject(error) : resolve()));
      }),
    );
  } catch (error) {
    // What still comes is of no use, and is kept by nobody.
    req.removeAllListeners('data');
    if (error instanceof HttpError) res.set('connection', 'close');
    throw explain(error);
  }
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}

function explain(error: unknown): Error {
  if (error instanceof HttpError) return error;
  const { type, status } = error as { type?: string; status?: number };
  if (type === 'entity.too.large') return tooLarge();
  if (type === 'encoding.unsupported') {
    return new HttpError(
      415,
      'The content-encoding is not understood: send the body as it is, or compressed with gzip, deflate or br.',
    );
  }
  if (status && status >= 400 && status < 500) {
    return new HttpError(
      status,
      `The body cannot be read: ${messageOf(error)}.`,
    );
  }
  // zlib says so of what is not compressed as the header claims
  if ((error as { code?: string }).code?.startsWith('Z_')) {
    return new InputError(
      `The body is not compressed as its content-encoding says: ${messageOf(
        error,
      )}.`,
    );
  }
  return error as Error;
}

function tooLarge(): Error {
  return new HttpError(
    413,
    'The body is over 5 MB: send fewer items at a time, or a stream of lines as application/x-ndjson.',
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
