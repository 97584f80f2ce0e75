import {
  doraMetricsReadPermission,
  doraSamplesDeletePermission,
} from '@waymark/plugin-dora-common';
import type express from 'express';
import Router from 'express-promise-router';
import { authorize } from '../authorize';
import type { DoraContext } from '../context';
import { webhookSourceIds } from '../sources/types';
import type { SampleData } from './SampleData';
import type { SourceStore } from './SourceStore';

/** What {@link createOperationsRouter} takes. @internal */
export interface OperationsRouterOptions
  extends Pick<DoraContext, 'auditor' | 'config' | 'httpAuth' | 'permissions'> {
  readonly samples: SampleData;
  readonly store: SourceStore;
}

/** `GET /sources` and `DELETE /samples`. @internal */
export function createOperationsRouter(
  options: OperationsRouterOptions,
): express.Router {
  const router = Router();
  const { auditor, config, samples, store } = options;

  router.get('/sources', async (req, res) => {
    await authorize(req, doraMetricsReadPermission, options);
    const [sources, webhooks] = await Promise.all([
      store.sources(),
      store.webhooks(),
    ]);
    res.json({
      items: sources.map(row => ({
        source: row.source,
        events: row.events,
        lastEventAt: row.lastEventAt.toISOString(),
        sample: row.source === config.sampleSource,
      })),
      webhooks: webhookSourceIds.map(id => {
        const row = webhooks.find(each => each.source === id);
        return {
          source: id,
          configured: config.webhooks[id] !== undefined,
          deliveries: row?.deliveries ?? 0,
          lastDeliveryAt: row?.lastDeliveryAt.toISOString(),
        };
      }),
    });
  });

  router.delete('/samples', async (req, res) => {
    await authorize(req, doraSamplesDeletePermission, options);
    const event = await auditor.createEvent({
      eventId: 'samples-delete',
      severityLevel: 'medium',
      request: req,
      meta: { source: config.sampleSource },
    });
    try {
      const removed = await samples.remove();
      await event.success({ meta: { ...removed } });
      res.json(removed);
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  return router;
}
