import { NotAllowedError } from '@backstage/errors';
import type { Request, Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { actorOf, type RouterContext } from '../context';
import { parseInput } from '../parse';

const newToken = z.strictObject({
  name: z
    .string('give the token a name, for example the machine it is for')
    .trim()
    .min(1, 'give the token a name, for example the machine it is for')
    .max(100, 'use at most 100 characters'),
  /** seconds */
  lifetime: z
    .number('give the lifetime in seconds')
    .int('give the lifetime in whole seconds')
    .min(60, 'a token lives for 60 seconds at least')
    .optional(),
});

/**
 * Personal access tokens. Only the person signed in sees and changes their own; an access token opens none of this.
 * @internal
 */
export function createTokenRoutes(context: RouterContext) {
  const router = Router();
  const { tokens, auditor } = context;

  router.get('/tokens', async (_req, res) => {
    res.json({
      items: await tokens.list(userOf(res)),
      defaultLifetime: tokens.lifetimes.defaultLifetime,
      maxLifetime: tokens.lifetimes.maxLifetime,
    });
  });

  router.post('/tokens', async (req, res) => {
    const userRef = userOf(res);
    const input = parseInput(newToken, req.body);
    const token = await audited(req, 'token-create', { name: input.name }, () =>
      tokens.create({ userRef, ...input }),
    );
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json(token);
  });

  router.delete('/tokens/:id', async (req, res) => {
    const userRef = userOf(res);
    const id = parseInput(
      z.uuid('this is not the id of a token'),
      req.params.id,
    );
    await audited(req, 'token-revoke', { id }, () =>
      tokens.revoke(userRef, id),
    );
    res.status(204).end();
  });

  async function audited<T>(
    req: Request,
    eventId: string,
    meta: { [key: string]: string },
    change: () => Promise<T>,
  ): Promise<T> {
    const event = await auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request: req,
      meta,
    });
    try {
      const result = await change();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }

  return router;
}

function userOf(res: Response): string {
  const actor = actorOf(res);
  if (actor.type !== 'user') {
    throw new NotAllowedError('Access tokens belong to people; sign in as one');
  }
  return actor.userRef;
}
