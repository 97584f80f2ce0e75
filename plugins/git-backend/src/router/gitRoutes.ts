import { isError } from '@backstage/errors';
import type { NextFunction, Request, Response } from 'express';
import Router from 'express-promise-router';
import type { GitService } from '../http/SmartHttp';
import { type Actor, actorName } from '../services/Actor';
import { auditable } from '../services/auditable';
import type { RouterContext } from './context';
import { statusOf } from './statusOf';

const PATH =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/**
 * Git's smart HTTP protocol: clone, fetch and push.
 * @internal
 */
export function createGitRoutes(context: RouterContext) {
  const router = Router();

  router.get(PATH, async (req, res, next) => {
    const { owner, name, path } = target(req);
    if (path !== 'info/refs') {
      next();
      return;
    }
    const service = serviceOf(req.query.service);
    const actor = await context.authenticator.authenticate(req);
    const repository = await context.repositories.get({ owner, name });
    if (service === 'git-receive-pack') {
      await checkMayPush(context, req, actor, owner);
    }
    await context.smartHttp.fetch({
      req,
      res,
      repository,
      path,
      service,
      actor,
    });
  });

  router.post(PATH, async (req, res, next) => {
    const { owner, name, path } = target(req);
    if (path === 'info/refs') {
      next();
      return;
    }
    const actor = await context.authenticator.authenticate(req);
    const repository = await context.repositories.get({ owner, name });
    if (path === 'git-receive-pack') {
      await checkMayPush(context, req, actor, owner);
      await context.pushes.receive(req, res, { repository, actor });
    } else {
      await context.smartHttp.fetch({
        req,
        res,
        repository,
        path,
        service: 'git-upload-pack',
        actor,
      });
    }
  });

  router.use(PATH, answerInText);
  return router;
}

function target(req: Request): { owner: string; name: string; path: string } {
  const params = req.params as Record<string, string>;
  return { owner: params[0], name: params[1], path: params[2] };
}

/** Only the smart protocol is spoken; without a service git would read single files. */
function serviceOf(value: unknown): GitService {
  return value === 'git-receive-pack' ? 'git-receive-pack' : 'git-upload-pack';
}

async function checkMayPush(
  context: RouterContext,
  req: Request,
  actor: Actor,
  owner: string,
): Promise<void> {
  try {
    await context.organisation.checkMayWrite(actor, owner);
  } catch (error) {
    if (isError(error) && error.name === 'NotAllowedError') {
      const event = await context.auditor.createEvent({
        eventId: 'push',
        severityLevel: 'medium',
        request: auditable(req),
        meta: { actor: actorName(actor), owner },
      });
      await event.fail({ error });
    }
    throw error;
  }
}

/** Git prints what is plain text, line by line, after `remote: `. */
function answerInText(
  error: Error,
  req: Request,
  res: Response,
  next: NextFunction,
): void {
  const status = statusOf(error);
  if (res.headersSent) {
    res.destroy();
    return;
  }
  if (status >= 500 && status !== 503) {
    next(error);
    return;
  }
  if (status === 401) {
    res.setHeader('WWW-Authenticate', 'Basic realm="Waymark", charset="UTF-8"');
  }
  if (status === 503) {
    res.setHeader('Retry-After', '5');
  }
  if (!req.complete) {
    res.setHeader('Connection', 'close');
  }
  res.status(status).type('text/plain').send(`${error.message}\n`);
}
