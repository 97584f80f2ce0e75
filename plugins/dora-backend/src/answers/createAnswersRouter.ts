import type express from 'express';
import Router from 'express-promise-router';
import type { DoraContext } from '../context';

/** `GET /metrics`, `/deployments`, `/incidents`, `/deployments/:id` and `/export.csv`. @internal */
export function createAnswersRouter(_context: DoraContext): express.Router {
  return Router();
}
