import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lockHolder } from '../../bootstrap/lock';
import type { LocalOptions } from '../options';
import { readEarlierOverlay } from '../overlay/secrets';

const DEFAULT_USER = 'dev';

/**
 * Prints a bearer token of the running portal, and nothing else, on standard output.
 * @returns the exit status
 * @internal
 */
export async function token(options: LocalOptions): Promise<number> {
  const url = runningUrl(options.home);
  if (options.service) {
    const { serviceToken } = readEarlierOverlay(options.overlayFile).secrets;
    if (!serviceToken)
      throw new Error(
        `No service token stands in ${options.overlayFile}: ./portal stop, then ./portal start.`,
      );
    process.stdout.write(`${serviceToken}\n`);
    return 0;
  }
  const user = userRef(options.positionals[0] ?? DEFAULT_USER);
  process.stdout.write(`${await userToken(url, user)}\n`);
  return 0;
}

/**
 * Where the portal of this data folder answers.
 * @throws Error that says how to start it
 * @internal
 */
export function runningUrl(home: string): string {
  const holder = lockHolder(join(home, 'run', 'portal.json'));
  if (holder?.url) return holder.url;
  const also = existsSync(home) ? '' : ` (${home} does not exist)`;
  throw new Error(
    `No portal is running here${also}: ./portal start first, with the same WAYMARK_HOME.`,
  );
}

/**
 * `dev` and `default/dev` are short for `user:default/dev`.
 * @internal
 */
export function userRef(name: string): string {
  const [, kind = 'user', namespace = 'default', short] =
    /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/.exec(name) ?? [];
  if (!short || kind !== 'user') {
    throw new Error(
      `"${name}" is not a person: give a name such as dev, or user:default/dev.`,
    );
  }
  return `user:${namespace}/${short}`.toLowerCase();
}

async function userToken(url: string, user: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/local/refresh`, {
    headers: { 'x-waymark-user': user },
    signal: AbortSignal.timeout(15_000),
  }).catch(() => {
    throw new Error(
      `The portal at ${url} does not answer yet: try again in a moment.`,
    );
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const found = (
      body as { backstageIdentity?: { token?: string } } | undefined
    )?.backstageIdentity?.token;
    if (found) return found;
  }
  const reason = (body as { error?: { message?: string } } | undefined)?.error
    ?.message;
  throw new Error(
    `The portal gives no token for ${user}: ${
      reason ?? `it answered ${response.status}`
    }`,
  );
}
