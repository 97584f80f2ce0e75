import type { Request } from 'express';
import { TOKEN_PREFIX } from './TokenService';

/**
 * The request for an audit event; undefined when the auditor would take its access token for a Backstage token and fail.
 * @internal
 */
export function auditable(req: Request): Request | undefined {
  return req.headers.authorization?.includes(` ${TOKEN_PREFIX}`)
    ? undefined
    : req;
}
