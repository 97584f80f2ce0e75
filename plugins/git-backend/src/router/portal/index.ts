import express from 'express';
import Router from 'express-promise-router';
import type { RouterContext } from '../context';
import { createBrowseRoutes } from './browseRoutes';
import { createHistoryRoutes } from './historyRoutes';
import { createRepositoryPageRoutes } from './repositoryRoutes';
import { createTokenRoutes } from './tokenRoutes';

/**
 * What the portal's own pages ask for; only with Backstage credentials.
 * @internal
 */
export function createPortalRoutes(context: RouterContext) {
  const router = Router();
  router.use(async (req, res, next) => {
    const { principal } = await context.httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.locals.actor =
      principal.type === 'user'
        ? { type: 'user', userRef: principal.userEntityRef, via: 'session' }
        : { type: 'service', subject: principal.subject };
    next();
  });
  router.use(express.json({ limit: '64kb' }));
  router.use(createTokenRoutes(context));
  router.use(createRepositoryPageRoutes(context));
  router.use(createBrowseRoutes(context));
  router.use(createHistoryRoutes(context));
  return router;
}
