import Router from 'express-promise-router';
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
  return router;
}
