import { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';

const IPV4_LOOPBACK = /^127(\.\d{1,3}){3}$/;

/**
 * Tells whether a host name can only mean this machine: `localhost`, `127.0.0.0/8` or `::1`.
 *
 * @internal
 */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLocaleLowerCase('en-US');
  return bare === 'localhost' || bare === '::1' || IPV4_LOOPBACK.test(bare);
}

/**
 * Tells whether a `Host` header, with or without port, names this machine. A page of another
 * site that has rebound its own name to 127.0.0.1 sends that name here.
 *
 * @internal
 */
export function isLoopbackHostHeader(header: string | undefined): boolean {
  if (!header) return false;
  try {
    return isLoopbackHost(new URL(`http://${header}`).hostname);
  } catch {
    return false;
  }
}

/**
 * Refuses a configuration that another machine could reach.
 *
 * @internal
 */
export function assertLoopback(config: Config): void {
  for (const key of ['app.baseUrl', 'backend.baseUrl']) {
    const url = config.getString(key);
    if (!isLoopbackHost(new URL(url).hostname)) throw refusal(key, url);
  }
  const listen = readListenHost(config);
  if (!listen || !isLoopbackHost(listen)) {
    throw refusal('backend.listen.host', listen ?? 'every address');
  }
}

function readListenHost(config: Config): string | undefined {
  const listen = config.getOptional('backend.listen');
  if (typeof listen === 'string') return listen.replace(/:\d*$/, '');
  return config.getOptionalString('backend.listen.host');
}

function refusal(key: string, value: string): Error {
  return new NotAllowedError(
    `Sign-in without a password (auth.providers.local) is for this machine only, but ${key} is "${value}". ` +
      'Set it to 127.0.0.1 or localhost, or remove auth.providers.local and configure GitHub or OIDC.',
  );
}
