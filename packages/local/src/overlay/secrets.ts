import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/**
 * What is generated once and kept in the overlay from start to start.
 * @internal
 */
export interface LocalSecrets {
  postgresPassword: string;
  gitPassword: string;
  serviceToken: string;
}

/**
 * What an earlier start left in its overlay.
 * @internal
 */
export interface EarlierOverlay {
  secrets: Partial<LocalSecrets>;
  port?: number;
  postgresPort?: number;
}

interface OverlayShape {
  backend?: {
    listen?: { port?: number };
    database?: { connection?: { port?: number; password?: string } };
    auth?: { externalAccess?: { options?: { token?: string } }[] };
  };
  git?: { serviceAccount?: { password?: string } };
}

/**
 * Reads an earlier overlay; a missing or broken one is as none.
 * @internal
 */
export function readEarlierOverlay(file: string): EarlierOverlay {
  if (!existsSync(file)) return { secrets: {} };
  const overlay = parseSafely(readFileSync(file, 'utf8'));
  return {
    secrets: {
      postgresPassword: overlay.backend?.database?.connection?.password,
      gitPassword: overlay.git?.serviceAccount?.password,
      serviceToken: overlay.backend?.auth?.externalAccess?.[0]?.options?.token,
    },
    port: overlay.backend?.listen?.port,
    postgresPort: overlay.backend?.database?.connection?.port,
  };
}

/**
 * Earlier secrets, with new ones for what is missing.
 * @internal
 */
export function completeSecrets(earlier: Partial<LocalSecrets>): LocalSecrets {
  return {
    postgresPassword: earlier.postgresPassword ?? randomSecret(),
    gitPassword: earlier.gitPassword ?? randomSecret(),
    serviceToken: earlier.serviceToken ?? randomSecret(),
  };
}

function parseSafely(text: string): OverlayShape {
  try {
    const value: unknown = parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function randomSecret(): string {
  return randomBytes(32).toString('hex');
}
