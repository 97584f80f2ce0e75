import Router from 'express-promise-router';
import type { GitConfig } from '../config';

/**
 * Sends people who follow a source link to the repository's page in the portal. It says nothing of what exists,
 * and is the only answer that needs no credentials.
 * @internal
 */
export function createRedirectRoutes(config: GitConfig) {
  const router = Router();
  router.get(
    /^\/(?!api(?:\/|$)|v1(?:\/|$))[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*?(?:\.git)?(?:\/.*)?$/,
    (req, res) => {
      const path = req.path
        .replace(/^(\/[^/]+\/[^/]+?)\.git(?=\/|$)/, '$1')
        .replace(/^(\/[^/]+\/[^/]+)\/_edit\//, '$1/src/branch/')
        .replace(/\/+$/, '');
      res.redirect(302, `${config.appUrl}/git${path}`);
    },
  );
  router.get('/', (_req, res) => res.redirect(302, `${config.appUrl}/git`));
  return router;
}
