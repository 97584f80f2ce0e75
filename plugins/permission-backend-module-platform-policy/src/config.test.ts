import { ConfigReader } from '@backstage/config';
import { readConfig } from './config';

const read = (administrators?: string[]) =>
  readConfig(new ConfigReader({ platform: { administrators } }));

describe('readConfig', () => {
  it('writes references in full', () => {
    expect(read(['team-platform', 'User:pat'])).toEqual({
      administrators: ['group:default/team-platform', 'user:default/pat'],
    });
  });

  it('makes nobody an administrator without the key', () => {
    expect(read()).toEqual({ administrators: [] });
  });

  it.each(['component:default/checkout', 'group:', ''])(
    'names the key for %p',
    ref => {
      expect(() => read([ref])).toThrow(/platform.administrators/);
    },
  );
});
