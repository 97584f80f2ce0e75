import { doraMetricsReadPermission } from '@waymark/plugin-dora-common';
import type express from 'express';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { authorize } from '../authorize';
import type { DoraContext } from '../context';
import type { ListingScope } from './listings/DeploymentReader';
import { csvHeader, csvLines } from './listings/exportCsv';
import { ListingService } from './listings/ListingService';
import { MetricsService } from './MetricsService';
import { parsePage } from './query/cursor';
import { parseFilter, parseMetricsFilter } from './query/parseFilter';
import { parseQuery } from './query/parseQuery';
import { ScopeResolver } from './ScopeResolver';

const PORTION = 500;

const showSchema = z.object({
  show: z
    .enum(['failed', 'rework'], { error: 'allowed are failed, rework' })
    .optional(),
});

/** `GET /metrics`, `/deployments`, `/incidents`, `/deployments/:id` and `/export.csv`. @internal */
export function createAnswersRouter(context: DoraContext): express.Router {
  const { catalog, database, httpAuth, now } = context;
  const router = Router();
  const metrics = new MetricsService(context);
  const listings = new ListingService(context);
  const scopes = new ScopeResolver(database, catalog);
  const allow = async (req: Request) => {
    await authorize(req, doraMetricsReadPermission, context);
    return httpAuth.credentials(req, { allow: ['user', 'service'] });
  };
  const listing = async (req: Request): Promise<ListingScope> => {
    const credentials = await allow(req);
    const { scope, environment, window } = parseFilter(req.query, now());
    const { show } = parseQuery(showSchema, req.query);
    const { serviceIds } = await scopes.resolve(scope, credentials);
    return { serviceIds, environment, window, show };
  };

  router.get('/metrics', async (req, res) => {
    const credentials = await allow(req);
    const filter = parseMetricsFilter(req.query, now());
    const scope = await scopes.resolve(filter.scope, credentials);
    res.json(await metrics.metrics(scope, filter));
  });

  router.get('/deployments', async (req, res) => {
    const scope = await listing(req);
    res.json(await listings.deployments(scope, parsePage(req.query)));
  });

  router.get('/deployments/:id', async (req, res) => {
    const credentials = await allow(req);
    const isShown = (ref: string) => scopes.isShown(ref, credentials);
    res.json(await listings.deployment(req.params.id, isShown));
  });

  router.get('/incidents', async (req, res) => {
    const scope = await listing(req);
    res.json(await listings.incidents(scope, parsePage(req.query)));
  });

  router.get('/export.csv', async (req, res) => {
    const scope = await listing(req);
    const day = (instant: number) =>
      new Date(instant).toISOString().slice(0, 10);
    const { from, to } = scope.window;
    res.attachment(`dora-deployments-${day(from)}-to-${day(to)}.csv`);
    res.type('text/csv; charset=utf-8');
    await pipeline(Readable.from(lines(listings, scope)), res);
  });

  return router;
}

async function* lines(
  listings: ListingService,
  scope: ListingScope,
): AsyncGenerator<string> {
  yield csvHeader();
  for await (const portion of listings.allDeployments(scope, PORTION)) {
    yield csvLines(portion);
  }
}
