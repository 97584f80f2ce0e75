import { NotAllowedError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { isLoopbackHostHeader } from './loopback';
import { Person } from './People';

/**
 * `GET /local/people`: who can sign in, for the sign-in page.
 *
 * @internal
 */
export function createRouter(options: {
  readonly people: () => Promise<Person[]>;
}): express.Router {
  const router = Router();
  router.get('/local/people', async (req, res) => {
    if (!isLoopbackHostHeader(req.headers.host)) {
      throw new NotAllowedError(
        'The list of people answers to localhost only; open the portal by its local address',
      );
    }
    res.json({ people: await options.people() });
  });
  return router;
}
