import type express from 'express';
import Router from 'express-promise-router';
import type { DoraContext } from '../context';

/** `POST /deployments`, `/incidents`, `/events` and `/webhooks/:source`. @internal */
export function createIngestionRouter(_context: DoraContext): express.Router {
  return Router();
}
