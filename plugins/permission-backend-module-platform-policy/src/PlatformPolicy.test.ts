import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesClustersReadPermission,
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  actionExecutePermission,
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateDryRunPermission,
  templateManagementPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { PlatformPolicy } from './PlatformPolicy';

const { ALLOW, CONDITIONAL, DENY } = AuthorizeResult;

const named = (
  name: string,
  action?: 'create' | 'read' | 'update' | 'delete',
) => createPermission({ name, attributes: action ? { action } : {} });

function person(userEntityRef: string, ...groups: string[]): PolicyQueryUser {
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups] },
  };
}

const dev = person('user:default/dev', 'group:default/team-payments');
const pat = person('user:default/pat', 'group:default/team-platform');

function createPolicy() {
  const logger = mockServices.logger.mock();
  const policy = new PlatformPolicy({
    administrators: ['group:default/team-platform'],
    logger,
  });
  return { policy, logger };
}

describe('PlatformPolicy', () => {
  it.each<[Permission, AuthorizeResult, AuthorizeResult]>([
    // permission, for a developer, for the platform team
    [kubernetesProxyPermission, DENY, DENY],
    [kubernetesClustersReadPermission, ALLOW, ALLOW],
    [kubernetesResourcesReadPermission, ALLOW, ALLOW],
    [catalogEntityReadPermission, ALLOW, ALLOW],
    [catalogEntityDeletePermission, CONDITIONAL, ALLOW],
    [catalogEntityRefreshPermission, CONDITIONAL, ALLOW],
    [catalogLocationCreatePermission, ALLOW, ALLOW],
    [catalogLocationDeletePermission, DENY, ALLOW],
    [taskCreatePermission, ALLOW, ALLOW],
    [taskReadPermission, CONDITIONAL, ALLOW],
    [taskCancelPermission, CONDITIONAL, ALLOW],
    [actionExecutePermission, ALLOW, ALLOW],
    [templateParameterReadPermission, ALLOW, ALLOW],
    [templateStepReadPermission, ALLOW, ALLOW],
    [templateManagementPermission, DENY, ALLOW],
    [templateDryRunPermission, DENY, ALLOW],
    [named('platform.request.create', 'create'), ALLOW, ALLOW],
    [named('git.token.create', 'create'), ALLOW, ALLOW],
    [named('dora.metrics.read', 'read'), ALLOW, ALLOW],
    [named('dora.inbox.read', 'read'), ALLOW, ALLOW],
    [named('dora.inbox.replay', 'update'), DENY, ALLOW],
    [named('dora.samples.delete', 'delete'), ALLOW, ALLOW],
    [named('dora.events.write', 'create'), DENY, DENY],
    [named('another.thing.read', 'read'), ALLOW, ALLOW],
    [named('another.thing.create', 'create'), DENY, ALLOW],
    [named('another.thing'), DENY, ALLOW],
  ])('decides $name', async (permission, forDeveloper, forPlatformTeam) => {
    const { policy } = createPolicy();

    const developer = await policy.handle({ permission }, dev);
    const platformTeam = await policy.handle({ permission }, pat);
    const nobody = await policy.handle({ permission });

    expect(developer.result).toBe(forDeveloper);
    expect(platformTeam.result).toBe(forPlatformTeam);
    expect(nobody.result).toBe(DENY);
  });

  it('lets an owner delete and refresh, by the groups of the person', async () => {
    const { policy } = createPolicy();

    const decision = await policy.handle(
      { permission: catalogEntityDeletePermission },
      dev,
    );

    expect(decision).toMatchObject({
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        params: { claims: ['user:default/dev', 'group:default/team-payments'] },
      },
    });
  });

  it('shows a person only the runs that the person started', async () => {
    const { policy } = createPolicy();

    const decision = await policy.handle(
      { permission: taskReadPermission },
      dev,
    );

    expect(decision).toMatchObject({
      pluginId: 'scaffolder',
      conditions: {
        rule: 'IS_TASK_OWNER',
        params: { createdBy: ['user:default/dev'] },
      },
    });
  });

  it('reports a permission without a rule once', async () => {
    const { policy, logger } = createPolicy();
    const permission = named('another.thing.create', 'create');

    await policy.handle({ permission }, dev);
    await policy.handle({ permission }, dev);

    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('another.thing.create'),
    );
  });
});
