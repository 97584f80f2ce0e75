import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DEFAULT_NAMESPACE_SETTINGS,
  DEFAULT_SIZES,
  namespaceObjects,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import { parse } from 'yaml';
import { seedHistory } from './dora/seedHistory';
import { clusterReady, localCluster, type Overlay } from './localCluster';
import { moveLocations } from './moveLocations';
import { PortalClient } from './PortalClient';
import { pushHistory } from './pushHistory';
import { retry } from './retry';
import { SampleMemory } from './SampleMemory';
import { SAMPLE_SERVICES, type SampleService } from './services';

/** @internal */
export interface SeedSampleOptions {
  /** Where the portal answers, without a slash at the end. */
  readonly baseUrl: string;
  readonly serviceToken: string;
  /** The data folder. */
  readonly home: string;
  /** The checkout, which has catalog/services. */
  readonly repositoryRoot: string;
  readonly signal: AbortSignal;
  report(message: string): void;
}

/**
 * Makes what catalog/services describes real: a repository with history, a catalog entry and a
 * guarded namespace for each service. Goes on where an earlier start was ended, and leaves alone what
 * was finished once.
 * @internal
 */
export async function seedSampleOrganisation(
  options: SeedSampleOptions,
): Promise<void> {
  const { home, signal } = options;
  const memory = await SampleMemory.open(join(home, 'sample', 'state.json'));
  const overlay = parse(
    await readFile(join(home, 'app-config.local.yaml'), 'utf8'),
  ) as Overlay;
  const git = overlay.git?.serviceAccount;
  if (!git) {
    return; // repositories live elsewhere
  }
  const portal = new PortalClient({ ...options, git });
  await retry(() => moveLocations(portal, options.baseUrl), {
    attempts: 10,
    pauseMs: 1_000,
    signal,
  });

  let made = 0;
  for (const service of SAMPLE_SERVICES) {
    made += await seedRepository(service, { ...options, portal, memory });
  }
  if (made > 0) {
    options.report('the repositories are there and in the catalog.');
  }

  const history = seedHistory({ portal, memory, signal }).then(
    seeded =>
      seeded &&
      options.report('half a year of deliveries is there to look at.'),
    error => {
      if (!signal.aborted) {
        options.report((error as Error).message);
      }
    },
  );
  await Promise.all([history, seedNamespaces(overlay, { ...options, memory })]);
}

async function seedNamespaces(
  overlay: Overlay,
  options: SeedSampleOptions & { memory: SampleMemory },
): Promise<void> {
  const { home, memory, signal } = options;
  const cluster = localCluster(overlay);
  const missing = SAMPLE_SERVICES.flatMap(service =>
    service.namespaces
      .map(namespace => ({ service, ...namespace }))
      .filter(each => !memory.has(namespaceItem(each))),
  );
  if (!cluster || missing.length === 0) {
    return;
  }
  await clusterReady(home, signal);
  for (const namespace of missing) {
    await memory.once(namespaceItem(namespace), () =>
      retry(() => ensureNamespace(cluster, namespace, signal), {
        attempts: 60,
        pauseMs: 2_000,
        signal,
      }),
    );
  }
  options.report('the services are being deployed to the local cluster.');
}

async function seedRepository(
  service: SampleService,
  options: SeedSampleOptions & { portal: PortalClient; memory: SampleMemory },
): Promise<number> {
  const { portal, memory, signal } = options;
  const { team, name } = service;
  const url = portal.repositoryUrl(team, name);
  // The owning group reaches the catalog some seconds after the first start.
  const patience = { attempts: 90, pauseMs: 1_000, signal };

  const pushed = await memory.once(`repository:${team}/${name}`, () =>
    retry(async () => {
      await portal.ensureRepository(team, name, service.description);
      if (!(await portal.hasCommits(team, name))) {
        await pushHistory({
          directory: join(options.repositoryRoot, 'catalog', 'services', name),
          commits: service.commits,
          remoteUrl: `${url}.git`,
          authorization: portal.gitAuthorization,
          signal,
        });
      }
    }, patience),
  );
  const target = `${url}/src/branch/main/catalog-info.yaml`;
  const registered = await memory.once(`location:${team}/${name}`, () =>
    retry(() => portal.ensureLocation(target), patience),
  );
  return pushed || registered ? 1 : 0;
}

type SampleNamespace = SampleService['namespaces'][number] & {
  service: SampleService;
};

function namespaceName({ service, environment }: SampleNamespace): string {
  return `${service.name}-${environment}`;
}

function namespaceItem(namespace: SampleNamespace): string {
  return `namespace:${namespaceName(namespace)}`;
}

async function ensureNamespace(
  cluster: Cluster,
  namespace: SampleNamespace,
  signal: AbortSignal,
): Promise<void> {
  const name = namespaceName(namespace);
  const ref = { apiVersion: 'v1', kind: 'Namespace', name };
  const existing = await cluster.get(ref, { signal });
  const managed = 'app.kubernetes.io/managed-by';
  if (existing && existing.metadata.labels?.[managed] !== 'waymark') {
    return; // somebody else's
  }
  await cluster.apply(
    namespaceObjects({
      name,
      owner: `group:default/${namespace.service.team}`,
      environment: namespace.environment,
      sizeName: namespace.size,
      size: DEFAULT_SIZES[namespace.size],
      component: namespace.service.name,
      settings: DEFAULT_NAMESPACE_SETTINGS,
    }),
    { signal, force: true },
  );
}
