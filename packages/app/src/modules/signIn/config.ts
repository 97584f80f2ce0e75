import { ConfigApi } from '@backstage/core-plugin-api';

const PROVIDERS = ['local', 'github', 'oidc'] as const;

/** @internal */
export type SignInProvider = (typeof PROVIDERS)[number];

/** @internal */
export interface SignInConfig {
  readonly providers: readonly SignInProvider[];
  readonly oidcTitle: string;
}

/**
 * Reads `app.signIn`.
 *
 * @internal
 */
export function readSignInConfig(config: ConfigApi): SignInConfig {
  const providers = config.getOptionalStringArray('app.signIn.providers') ?? [
    'local',
  ];
  return {
    providers: providers.map(assertProvider),
    oidcTitle:
      config.getOptionalString('app.signIn.oidc.title') ?? 'single sign-on',
  };
}

function assertProvider(name: string): SignInProvider {
  const provider = PROVIDERS.find(known => known === name);
  if (provider) return provider;
  throw new Error(
    `app.signIn.providers lists "${name}"; it can list ${PROVIDERS.join(', ')}`,
  );
}
