import type express from 'express';
import Router from 'express-promise-router';
import { createAnswersRouter } from './answers/createAnswersRouter';
import type { DoraContext } from './context';
import type { DoraParts } from './createParts';
import { createInboxRouter } from './inbox/createInboxRouter';
import { createIngestionRouter } from './ingestion/createIngestionRouter';
import { createOperationsRouter } from './operations/createOperationsRouter';

/** The DORA API, version 1. @internal */
export function createRouter(
  context: DoraContext,
  parts: DoraParts,
): express.Router {
  const { inbox, inboxStore, samples, sourceStore } = parts;
  const v1 = Router();
  v1.use(createIngestionRouter({ ...context, ...parts }));
  v1.use(createInboxRouter({ ...context, inbox, store: inboxStore }));
  v1.use(createOperationsRouter({ ...context, samples, store: sourceStore }));
  v1.use(createAnswersRouter(context));
  const router = Router();
  router.use('/v1', v1);
  return router;
}
