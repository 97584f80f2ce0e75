import { randomBytes, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { freePort } from '../processes/freePort';
import { writeFileAtomic } from '../writeFileAtomic';
import {
  createCertificates,
  rsaKey,
  type CertificatePair,
} from './certificates';
import { clusterPaths } from './paths';

/** The accounts of the local cluster, each with the user name and groups its token stands for. @internal */
export const ACCOUNTS = {
  admin: { user: 'waymark-admin', groups: ['system:masters'] },
  controllerManager: {
    user: 'system:kube-controller-manager',
    groups: ['system:masters'],
  },
  scheduler: { user: 'system:kube-scheduler', groups: [] },
  node: { user: 'system:node:local', groups: ['system:nodes'] },
  reader: serviceAccount('waymark-reader'),
  provisioner: serviceAccount('waymark-provisioner'),
} as const satisfies Record<
  string,
  { user: string; groups: readonly string[] }
>;

/** One of {@link ACCOUNTS}. @internal */
export type Account = keyof typeof ACCOUNTS;

/** Who the local cluster is and where: made once, before it first runs, so that the portal knows it at once. @internal */
export interface ClusterIdentity {
  readonly port: number;
  readonly tokens: Readonly<Record<Account, string>>;
  readonly authority: CertificatePair;
  readonly server: CertificatePair;
  /** Signs the tokens of ServiceAccounts. */
  readonly serviceAccountKey: {
    readonly publicKey: string;
    readonly privateKey: string;
  };
}

const RENEW_BEFORE_MS = 60 * 24 * 60 * 60 * 1000;

/**
 * The identity of an earlier start, completed and with a port that is free now.
 * Only for when the cluster does not run.
 * @internal
 */
export async function prepareIdentity(home: string): Promise<ClusterIdentity> {
  const earlier = await readIdentity(home);
  const identity: ClusterIdentity = {
    port: await freePort(earlier?.port),
    tokens: earlier?.tokens ?? createTokens(),
    serviceAccountKey: earlier?.serviceAccountKey ?? rsaKey(),
    ...(earlier && isFresh(earlier.server)
      ? { authority: earlier.authority, server: earlier.server }
      : createCertificates()),
  };
  await writeFileAtomic(
    clusterPaths(home).identity,
    JSON.stringify(identity, undefined, 2),
  );
  return identity;
}

/** The identity of the latest start; undefined where there was none. @internal */
export async function readIdentity(
  home: string,
): Promise<ClusterIdentity | undefined> {
  try {
    return JSON.parse(await readFile(clusterPaths(home).identity, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @internal */
export function apiUrl(identity: ClusterIdentity): string {
  return `https://127.0.0.1:${identity.port}`;
}

function createTokens(): Record<Account, string> {
  const accounts = Object.keys(ACCOUNTS) as Account[];
  return Object.fromEntries(
    accounts.map(account => [account, randomBytes(32).toString('hex')]),
  ) as Record<Account, string>;
}

function isFresh({ certificate }: CertificatePair): boolean {
  const until = Date.parse(new X509Certificate(certificate).validTo);
  return until - Date.now() > RENEW_BEFORE_MS;
}

function serviceAccount(name: string) {
  const namespace = 'waymark-system';
  return {
    user: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
  };
}
