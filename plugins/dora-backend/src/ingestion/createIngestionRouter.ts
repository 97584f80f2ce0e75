import type { Request, Response } from 'express';
import type express from 'express';
import Router from 'express-promise-router';
import type { DoraContext } from '../context';
import type { SourceSettings, WebhookSource } from '../sources';
import { authorizeSender } from './authorizeSender';
import type { IngestionAnswer, IngestionService } from './IngestionService';
import { readCdEvents } from './readCdEvents';
import { refuse } from './refuse';
import { readItems } from './readItems';
import { receiveWebhook } from './receiveWebhook';

/** What {@link createIngestionRouter} takes. @internal */
export interface IngestionRouterOptions
  extends Pick<
    DoraContext,
    'auditor' | 'auth' | 'config' | 'httpAuth' | 'permissions'
  > {
  readonly ingestion: IngestionService;
  readonly sources: readonly WebhookSource[];
  readonly sourceSettings: SourceSettings;
}

/** `POST /deployments`, `/incidents`, `/events` and `/webhooks/:source`. @internal */
export function createIngestionRouter(
  options: IngestionRouterOptions,
): express.Router {
  const router = Router();
  const { ingestion } = options;
  const post = (
    path: string,
    handle: (req: Request, res: Response) => Promise<void>,
  ) =>
    router.post(path, (req, res) =>
      handle(req, res).catch(error => refuse(req, res, error)),
    );

  const routes = [
    ['/deployments', 'deployment'],
    ['/incidents', 'incident'],
  ] as const;
  for (const [route, kind] of routes) {
    post(route, async (req, res) => {
      await authorizeSender(req, options);
      const items = await readItems(req, res);
      await answer(req, res, options, () =>
        ingestion.accept(items, { kind, route }),
      );
    });
  }

  post('/events', async (req, res) => {
    await authorizeSender(req, options);
    const { items, ignored } = await readCdEvents(req, res, options);
    await answer(req, res, options, async () =>
      sum(
        await ingestion.accept(items, { route: '/events' }),
        await ingestion.ignore(ignored),
      ),
    );
  });

  post('/webhooks/:source', async (req, res) => {
    const { duplicate } = await receiveWebhook(req, res, options);
    res.status(202).json({
      accepted: duplicate ? 0 : 1,
      duplicates: duplicate ? 1 : 0,
      rejected: [],
      rejectedCount: 0,
    } satisfies IngestionAnswer);
  });

  return router;
}

async function answer(
  req: Request,
  res: Response,
  { auditor }: Pick<IngestionRouterOptions, 'auditor'>,
  accept: () => Promise<IngestionAnswer>,
): Promise<void> {
  const event = await auditor.createEvent({
    eventId: 'events-ingest',
    severityLevel: 'low',
    request: req,
    meta: { route: req.path },
  });
  try {
    const result = await accept();
    const { accepted, duplicates, rejectedCount } = result;
    await event.success({ meta: { accepted, duplicates, rejectedCount } });
    res.status(accepted + duplicates > 0 ? 202 : 400).json(result);
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}

function sum(
  answers: IngestionAnswer,
  ignored: { accepted: number; duplicates: number },
): IngestionAnswer {
  return {
    ...answers,
    accepted: answers.accepted + ignored.accepted,
    duplicates: answers.duplicates + ignored.duplicates,
  };
}
