import type { Request, Response } from 'express';
import { z } from 'zod';
import { parseInput } from '../parse';

const schema = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  limit: z.coerce.number().int().min(1).default(30),
});

/** Most items on one page, as with Gitea's defaults. */
const MAX_LIMIT = 50;

/**
 * Page and limit of a request, in Gitea's words; a larger limit counts as the largest.
 * @internal
 */
export function readPage(
  req: Request,
  maxLimit: number = MAX_LIMIT,
): { limit: number; offset: number } {
  const { page, limit } = parseInput(schema, {
    page: req.query.page,
    limit: req.query.limit,
  });
  const size = Math.min(limit, maxLimit);
  return { limit: size, offset: (page - 1) * size };
}

/**
 * Tells how many items there are on all pages, as Gitea does.
 * @internal
 */
export function setTotal(res: Response, total: number): void {
  res.setHeader('X-Total-Count', String(total));
  res.setHeader('Access-Control-Expose-Headers', 'X-Total-Count');
}
