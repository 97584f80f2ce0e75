import { LoggerService } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityDeletePermission,
  catalogEntityRefreshPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import {
  taskCancelPermission,
  taskReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { isAdministratorsOnly, isForEverybody, isForNobody } from './rules';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** @public */
export interface PlatformPolicyOptions {
  /** Entity references whose members may do what otherwise only an owner may. */
  readonly administrators: readonly string[];
  readonly logger: Pick<LoggerService, 'warn'>;
}

/**
 * Ownership decides: what a team owns it may change, and the platform team may change everything.
 *
 * @public
 */
export class PlatformPolicy implements PermissionPolicy {
  readonly #administrators: ReadonlySet<string>;
  readonly #logger: Pick<LoggerService, 'warn'>;
  readonly #reported = new Set<string>();

  constructor(options: PlatformPolicyOptions) {
    this.#administrators = new Set(options.administrators);
    this.#logger = options.logger;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user || isForNobody(permission)) return DENY;
    // `info` is what the permission backend has just looked up; asking for it again by the
    // credentials would double the calls to the auth backend of every decision.
    const { userEntityRef, ownershipEntityRefs } = user.info;
    if (ownershipEntityRefs.some(ref => this.#administrators.has(ref))) {
      return ALLOW;
    }
    if (
      isPermission(permission, catalogEntityDeletePermission) ||
      isPermission(permission, catalogEntityRefreshPermission)
    ) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims: ownershipEntityRefs }),
      );
    }
    if (
      isPermission(permission, taskReadPermission) ||
      isPermission(permission, taskCancelPermission)
    ) {
      return createScaffolderTaskConditionalDecision(
        permission,
        scaffolderTaskConditions.isTaskOwner({ createdBy: [userEntityRef] }),
      );
    }
    if (isAdministratorsOnly(permission)) return DENY;
    if (isForEverybody(permission)) return ALLOW;
    this.#reportUnknown(permission.name);
    return DENY;
  }

  #reportUnknown(name: string) {
    if (this.#reported.has(name)) return;
    this.#reported.add(name);
    this.#logger.warn(
      `No rule of the platform policy names the permission "${name}"; only platform.administrators have it until one does`,
    );
  }
}
