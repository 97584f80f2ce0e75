import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { builtBinaries } from './paths';

const run = promisify(execFile);

/** The binaries of Kubernetes that belong together, beside etcd. */
const KUBERNETES = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubemark',
] as const;

type KubernetesBinary = (typeof KUBERNETES)[number];

/** A whole control plane. @internal */
export interface Binaries {
  readonly paths: Readonly<Record<KubernetesBinary | 'etcd', string>>;
  /** As in `1.20.2`. */
  readonly version: string;
  readonly minor: number;
}

/** What {@link findBinaries} takes. @internal */
export interface FindBinariesOptions {
  readonly cacheDirectory: string;
  readonly env?: NodeJS.ProcessEnv;
}

interface Found {
  readonly path: string;
  readonly version: string;
}

/**
 * Looks for the binaries in `KUBEBUILDER_ASSETS`, on the `PATH` and in the cache; undefined where no
 * whole set is there.
 *
 * The four of Kubernetes come from one minor version: older ones ask an API server for what it no longer
 * serves. The hollow node is always our own build, as upstream's listens on every address. So
 * `KUBEBUILDER_ASSETS`, which holds two of the five, mostly contributes etcd alone. Upstream's release is no
 * source: it has no hollow node, and this project pins no checksum that it cannot check.
 * @internal
 */
export async function findBinaries({
  cacheDirectory,
  env = process.env,
}: FindBinariesOptions): Promise<Binaries | undefined> {
  const own = [builtBinaries(cacheDirectory)];
  const folders = [
    ...(env.KUBEBUILDER_ASSETS ? [env.KUBEBUILDER_ASSETS] : []),
    ...(env.PATH ?? '').split(delimiter).filter(Boolean),
    ...own,
  ];
  const [etcd] = await candidates('etcd', folders);
  if (!etcd) {
    return undefined;
  }
  const found = new Map<KubernetesBinary, Found[]>();
  for (const name of KUBERNETES) {
    const paths = await candidates(name, name === 'kubemark' ? own : folders);
    const versions = await Promise.all(paths.map(versionOf));
    found.set(
      name,
      versions.filter(each => each !== undefined),
    );
  }
  for (const { version } of found.get('kube-apiserver') ?? []) {
    const set = matching(found, minorOf(version));
    if (set) {
      const minor = minorOf(version);
      return { paths: { etcd, ...set }, version, minor };
    }
  }
  return undefined;
}

function matching(
  found: Map<KubernetesBinary, Found[]>,
  minor: number,
): Record<KubernetesBinary, string> | undefined {
  const entries = KUBERNETES.map(name => {
    const fitting = found
      .get(name)
      ?.find(each => minorOf(each.version) === minor);
    return [name, fitting?.path] as const;
  });
  return entries.every(([, path]) => path !== undefined)
    ? (Object.fromEntries(entries) as Record<KubernetesBinary, string>)
    : undefined;
}

async function candidates(name: string, folders: string[]): Promise<string[]> {
  const paths = folders.map(folder => join(folder, name));
  const there = await Promise.all(paths.map(isExecutable));
  return paths.filter((_, index) => there[index]);
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Undefined where it does not run on this machine. */
async function versionOf(path: string): Promise<Found | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    const version = /v(1\.\d+\.\d+)/.exec(stdout)?.[1];
    return version ? { path, version } : undefined;
  } catch {
    return undefined;
  }
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
