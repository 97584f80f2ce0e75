import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import type { DoraContext } from './context';

/**
 * Lets people and services through that have the permission.
 * @throws NotAllowedError for others
 * @internal
 */
export async function authorize(
  req: Request,
  permission: BasicPermission,
  { httpAuth, permissions }: Pick<DoraContext, 'httpAuth' | 'permissions'>,
): Promise<void> {
  const credentials = await httpAuth.credentials(req, {
    allow: ['user', 'service'],
  });
  const [decision] = await permissions.authorize([{ permission }], {
    credentials,
  });
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `This needs the permission ${permission.name}, which you do not have.`,
    );
  }
}
