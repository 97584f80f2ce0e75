import {
  doraInboxReadPermission,
  doraInboxReplayPermission,
} from '@waymark/plugin-dora-common';
import type express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { authorize } from '../authorize';
import type { DoraContext } from '../context';
import { parseInput } from '../parseInput';
import { decodePosition, encodePosition } from './cursor';
import type { InboxService } from './InboxService';
import type { InboxStore } from './InboxStore';

const listSchema = z.object({
  state: z.enum(['unmatched', 'rejected', 'pending']).optional(),
  limit: z.coerce
    .number('a whole number from 1 to 1000')
    .int('a whole number from 1 to 1000')
    .min(1, 'a whole number from 1 to 1000')
    .max(1000, 'a whole number from 1 to 1000')
    .default(100),
  cursor: z.string().max(500, 'the nextCursor of the page before').optional(),
});

const rowSchema = z.object({
  kind: z.enum(['event', 'delivery', 'rejection']),
  id: z.string().regex(/^\d{1,18}$/, 'the id of a row of the inbox'),
});

/** What {@link createInboxRouter} takes. @internal */
export interface InboxRouterOptions
  extends Pick<DoraContext, 'auditor' | 'httpAuth' | 'permissions'> {
  readonly inbox: InboxService;
  readonly store: InboxStore;
}

/** `GET /inbox`, `POST /inbox/replay` and `/inbox/:kind/:id/replay`. @internal */
export function createInboxRouter(options: InboxRouterOptions): express.Router {
  const router = Router();
  const { auditor, inbox, store } = options;

  router.get('/inbox', async (req, res) => {
    await authorize(req, doraInboxReadPermission, options);
    const { state, limit, cursor } = parseInput(listSchema, req.query);
    const after = cursor === undefined ? undefined : decodePosition(cursor);
    const rows = await store.list({ state, limit: limit + 1, after });
    const items = rows.slice(0, limit);
    res.json({
      items: items.map(row => ({
        ...row,
        receivedAt: row.receivedAt.toISOString(),
      })),
      nextCursor:
        rows.length > limit ? encodePosition(items[limit - 1]) : undefined,
    });
  });

  router.post('/inbox/replay', async (req, res) => {
    await authorize(req, doraInboxReplayPermission, options);
    const event = await auditor.createEvent({
      eventId: 'inbox-replay',
      severityLevel: 'medium',
      request: req,
      meta: { kind: 'all' },
    });
    try {
      const replayed = await inbox.replayAll();
      await event.success({ meta: { replayed } });
      res.status(202).json({ replayed });
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  router.post('/inbox/:kind/:id/replay', async (req, res) => {
    await authorize(req, doraInboxReplayPermission, options);
    const { kind, id } = parseInput(rowSchema, req.params);
    const event = await auditor.createEvent({
      eventId: 'inbox-replay',
      severityLevel: 'medium',
      request: req,
      meta: { kind, id },
    });
    try {
      await inbox.replay(kind, id);
      await event.success();
      res.status(202).json({ replayed: 1 });
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  return router;
}
