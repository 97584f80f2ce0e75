import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { doraEventsWritePermission } from '@waymark/plugin-dora-common';
import type { Request } from 'express';
import type { DoraContext } from '../context';

/**
 * Lets services through that may send events.
 * @throws NotAllowedError for people, and for services that may not
 * @internal
 */
export async function authorizeSender(
  req: Request,
  {
    auth,
    httpAuth,
    permissions,
  }: Pick<DoraContext, 'auth' | 'httpAuth' | 'permissions'>,
): Promise<void> {
  const credentials = await httpAuth.credentials(req, {
    allow: ['user', 'service'],
  });
  if (!auth.isPrincipal(credentials, 'service')) {
    throw new NotAllowedError(
      'Events are sent by services, not by people: use a service token (backend.auth.externalAccess).',
    );
  }
  const [decision] = await permissions.authorize(
    [{ permission: doraEventsWritePermission }],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `This service may not send events: it needs the permission ${doraEventsWritePermission.name}.`,
    );
  }
}
