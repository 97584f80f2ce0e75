import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readGitConfig } from './config';

const base = {
  app: { baseUrl: 'http://localhost:7007/' },
  backend: { baseUrl: 'http://localhost:7007/' },
};

const read = (git?: JsonObject) =>
  readGitConfig(new ConfigReader({ ...base, ...(git ? { git } : {}) }));

describe('readGitConfig', () => {
  it('is off without a folder', () => {
    expect(read()).toBeUndefined();
    expect(read({ limits: { push: '1 MiB' } })).toBeUndefined();
  });

  it('has defaults', () => {
    expect(read({ directory: '/data/git' })).toEqual({
      directory: '/data/git',
      baseUrl: 'http://localhost:7007/api/git',
      appUrl: 'http://localhost:7007',
      administrators: [],
      serviceAccount: undefined,
      limits: {
        push: 104_857_600,
        repository: 1_073_741_824,
        file: 10_485_760,
        concurrency: 8,
        transferTimeout: 600,
      },
      tokens: { defaultLifetime: 2_592_000, maxLifetime: 31_536_000 },
    });
  });

  it.each([
    [{ push: '100' }, "git.limits.push is '100'"],
    [{ push: '0 MiB' }, "git.limits.push is '0 MiB'"],
    [{ file: '1 MB' }, "git.limits.file is '1 MB'"],
    [{ concurrency: 0 }, 'git.limits.concurrency is 0'],
  ])('refuses %j and names the key', (limits, message) => {
    expect(() => read({ directory: '/data', limits })).toThrow(message);
  });
});
