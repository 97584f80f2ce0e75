import { NotAllowedError } from '@backstage/errors';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';

/**
 * The plugin's routes without its proxy, through which a request would reach the cluster with the reader's
 * account and past every check of teams. A permission closes it too; this does so whatever the policy says.
 * @internal
 */
export function withoutProxy(inner: Router): Router {
  const router = PromiseRouter();
  router.use('/proxy', () => {
    throw new NotAllowedError(
      'The Kubernetes proxy is closed: use kubectl with an account of your own.',
    );
  });
  router.use(inner);
  return router;
}
