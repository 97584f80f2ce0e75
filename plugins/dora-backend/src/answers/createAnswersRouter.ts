import { doraMetricsReadPermission } from '@waymark/plugin-dora-common';
import type express from 'express';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { authorize } from '../authorize';
import type { DoraContext } from '../context';
import { MetricsService } from './MetricsService';
import { parseMetricsFilter } from './query/parseFilter';
import { ScopeResolver } from './ScopeResolver';

/** `GET /metrics`, `/deployments`, `/incidents`, `/deployments/:id` and `/export.csv`. @internal */
export function createAnswersRouter(context: DoraContext): express.Router {
  const { catalog, database, httpAuth, now } = context;
  const router = Router();
  const metrics = new MetricsService(context);
  const scopes = new ScopeResolver(database, catalog);
  const allow = async (req: Request) => {
    await authorize(req, doraMetricsReadPermission, context);
    return httpAuth.credentials(req, { allow: ['user', 'service'] });
  };

  router.get('/metrics', async (req, res) => {
    const credentials = await allow(req);
    const filter = parseMetricsFilter(req.query, now());
    const scope = await scopes.resolve(filter.scope, credentials);
    res.json(await metrics.metrics(scope, filter));
  });

  return router;
}
