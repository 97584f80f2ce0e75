import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import type { GitProvider } from '../GitProvider';
import { readGitConfig, type GitConfig } from '../config';
import { EmbeddedGitProvider } from './EmbeddedGitProvider';
import { GithubGitProvider } from './GithubGitProvider';

/** Makes the provider that `platform.git` names. @internal */
export function createGitProvider(options: { config: Config }): GitProvider {
  const settings = readGitConfig(options.config);
  const integrations = ScmIntegrations.fromConfig(options.config);
  if (settings.provider === 'embedded') {
    return new EmbeddedGitProvider(
      pick(integrations.gitea.list(), settings, 'gitea').config,
    );
  }
  return new GithubGitProvider({
    integration: pick(integrations.github.list(), settings, 'github').config,
    credentials:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    organization: settings.organization ?? '',
    visibility: settings.visibility,
  });
}

function pick<T extends { config: { host: string } }>(
  configured: readonly T[],
  settings: GitConfig,
  type: 'gitea' | 'github',
): T {
  const found = settings.host
    ? configured.find(each => each.config.host === settings.host)
    : configured[0];
  if (!found) {
    throw new InputError(
      `platform.git needs integrations.${type}${
        settings.host ? ` with the host ${settings.host}` : ''
      }: add it to the configuration.`,
    );
  }
  return found;
}
