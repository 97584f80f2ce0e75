import { ConfigReader } from '@backstage/config';
import { readPlatformConfig } from './config';

const read = (platform: object) =>
  readPlatformConfig(new ConfigReader({ platform } as any));

describe('readPlatformConfig', () => {
  it('has defaults for everything', () => {
    expect(readPlatformConfig(new ConfigReader({}))).toMatchObject({
      sizes: { small: { cores: 2, memoryGib: 4 } },
      limits: [],
      namespaces: { ownerClusterRole: 'edit' },
      localDelivery: { enabled: true, reconcileInterval: 30_000 },
    });
  });

  it('takes what is configured, and keeps the rest', () => {
    const config = read({
      git: { provider: 'github' },
      sizes: { small: { cores: 1 } },
      limits: [{ teams: ['team-payments'], sizes: ['small'] }],
      namespaces: {
        groupNames: { 'group:default/team-payments': 'oidc:payments' },
      },
    });
    expect(config.sizes.small).toMatchObject({ cores: 1, memoryGib: 4 });
    expect(config.limits[0].teams).toEqual(['group:default/team-payments']);
    expect(config.namespaces.groupNames).toEqual({
      'group:default/team-payments': 'oidc:payments',
    });
    expect(config.localDelivery.enabled).toBe(false);
  });

  it.each([
    [
      { sizes: { small: { pods: 1.5 } } },
      'platform.sizes.small.pods is 1.5: give a whole number above 0.',
    ],
    [
      { limits: [{ sizes: ['tiny'] }] },
      'platform.limits[0].sizes holds "tiny": allowed are small, medium, large, xlarge.',
    ],
    [
      { limits: [{ teams: ['user:default/dev'], sizes: [] }] },
      'platform.limits[0].teams holds "user:default/dev": not a group.',
    ],
  ])('names the key in %j', (platform, message) => {
    expect(() => read(platform)).toThrow(message);
  });
});
