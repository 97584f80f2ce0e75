import type express from 'express';
import Router from 'express-promise-router';
import { createAnswersRouter } from './answers/createAnswersRouter';
import type { DoraContext } from './context';
import { createIngestionRouter } from './ingestion/createIngestionRouter';

/** The DORA API, version 1. @internal */
export function createRouter(context: DoraContext): express.Router {
  const router = Router();
  router.use('/v1', createIngestionRouter(context));
  router.use('/v1', createAnswersRouter(context));
  return router;
}
