import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { isPassing } from '../processing/isPassing';
import type { IngestionAnswer } from './IngestionService';

/**
 * Answers a request that is refused whole: a body that cannot be read as one
 * item that was rejected, beside Backstage's own form of the error.
 * @throws whatever else went wrong, without what the database said of it
 * @internal
 */
export function refuse(req: Request, res: Response, error: Error): void {
  if (isPassing(error)) {
    throw new ServiceUnavailableError(
      'What was sent cannot be stored at this moment: send it again, what was stored already counts once.',
    );
  }
  const { name, message } = error;
  const { statusCode } = error as { statusCode?: number };
  if (!(error instanceof InputError) && statusCode !== 400) throw error;
  const answer: IngestionAnswer = {
    accepted: 0,
    duplicates: 0,
    rejected: [{ index: 0, field: 'body', message }],
    rejectedCount: 1,
  };
  res.status(400).json({
    ...answer,
    error: { name, message },
    request: { method: req.method, url: req.url },
    response: { statusCode: 400 },
  });
}
