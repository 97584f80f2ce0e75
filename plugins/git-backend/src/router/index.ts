import type { ErrorRequestHandler } from 'express';
import Router from 'express-promise-router';
import { ClientGoneError } from '../http/clientErrors';
import type { RouterContext } from './context';
import { createGiteaRoutes } from './gitea';
import { createGitRoutes } from './gitRoutes';
import { createPortalRoutes } from './portal';
import { createRedirectRoutes } from './redirectRoutes';

/**
 * All routes. The paths are open to the outside as far as Backstage is concerned, because git speaks HTTP Basic;
 * each group of routes brings its own guard, and the redirect to the portal's page is the only one without.
 * @internal
 */
export function createRouter(context: RouterContext) {
  const router = Router();
  router.use('/api/v1', createGiteaRoutes(context));
  router.use('/v1', createPortalRoutes(context));
  router.use(createGitRoutes(context));
  router.use(createRedirectRoutes(context.config));
  router.use(forgetGone(context));
  return router;
}

/** Nobody waits for the answer to a request whose client has left, and nothing failed. */
function forgetGone(context: RouterContext): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (!(error instanceof ClientGoneError)) {
      next(error);
      return;
    }
    context.logger.debug(`${error.message}: ${req.method} ${req.path}`);
    res.destroy();
  };
}
