import express, { type ErrorRequestHandler } from 'express';
import Router from 'express-promise-router';
import type { RouterContext } from '../context';
import { statusOf } from '../statusOf';
import { createBranchRoutes } from './branchRoutes';
import { createCommitRoutes } from './commitRoutes';
import { createContentRoutes } from './contentRoutes';
import { createRepositoryRoutes } from './repositoryRoutes';

/** Version of Gitea whose answers these are shaped after. */
const GITEA_VERSION = '1.24.0';

/**
 * The part of Gitea's API (v1) that Backstage's integration, reader, scaffolder action and provider use.
 * @internal
 */
export function createGiteaRoutes(context: RouterContext) {
  const router = Router();
  router.use(async (req, res, next) => {
    res.locals.actor = await context.authenticator.authenticate(req);
    next();
  });
  router.use(express.json({ limit: '256kb' }));
  router.get('/version', (_req, res) => {
    res.json({ version: GITEA_VERSION });
  });
  router.use(createRepositoryRoutes(context));
  router.use(createBranchRoutes(context));
  router.use(createCommitRoutes(context));
  router.use(createContentRoutes(context));
  router.use((_req, res) => {
    res.status(404).json({
      message: 'This part of the Gitea API is not offered here',
      url: context.config.baseUrl,
      errors: [],
    });
  });
  router.use(answerLikeGitea(context));
  return router;
}

/** Errors as Gitea writes them: `{message, url}`, and 422 for input that is understood but not acceptable. */
function answerLikeGitea(context: RouterContext): ErrorRequestHandler {
  return (error: Error & { status?: number }, _req, res, next) => {
    const status = error.status ?? statusOf(error);
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (status >= 500 && status !== 503) {
      next(error);
      return;
    }
    if (status === 401) {
      res.setHeader(
        'WWW-Authenticate',
        'Basic realm="Waymark", charset="UTF-8"',
      );
    }
    res.status(error.name === 'InputError' ? 422 : status).json({
      message: error.message,
      url: context.config.baseUrl,
      ...(status === 404 ? { errors: [] } : {}),
    });
  };
}
