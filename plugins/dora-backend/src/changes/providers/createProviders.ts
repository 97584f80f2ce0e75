import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { ChangesProvider } from '@waymark/plugin-dora-node';
import type { ProviderHttp } from '../ProviderHttp';
import { GiteaChanges } from './GiteaChanges';
import { GithubChanges } from './GithubChanges';
import { GitlabChanges } from './GitlabChanges';

/**
 * The built-in providers. They speak to the hosts that app-config names under
 * `integrations` and to no others: Backstage itself assumes github.com and
 * gitlab.com, but an installation that never named them does not expect calls.
 * @internal
 */
export function createProviders(
  config: Config,
  http: ProviderHttp,
): ChangesProvider[] {
  const integrations = ScmIntegrations.fromConfig(config);
  const hosts = (type: string, fallback?: string) =>
    (config.getOptionalConfigArray(`integrations.${type}`) ?? []).flatMap(
      each => each.getOptionalString('host') ?? fallback ?? [],
    );
  return [
    new GithubChanges({
      integrations,
      hosts: hosts('github', 'github.com'),
      http,
    }),
    new GitlabChanges({
      integrations,
      hosts: hosts('gitlab', 'gitlab.com'),
      http,
    }),
    new GiteaChanges({ integrations, hosts: hosts('gitea'), http }),
  ];
}
