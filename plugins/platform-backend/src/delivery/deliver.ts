import { isError } from '@backstage/errors';
import {
  DELIVERY_SERVICE_ACCOUNT,
  isEnvironment,
  DEFAULT_ENVIRONMENT,
  type DeliveryLogLine,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import type {
  Cluster,
  ClusterService,
  GitProvider,
} from '@waymark/plugin-platform-node';
import type { LocalDeliveryConfig } from '../config';
import { checkIngressHosts } from './checkIngressHosts';
import { checkManifests } from './checkManifests';
import { DeliveryFailure } from './DeliveryFailure';
import type { QueuedDelivery } from './DeliveryStore';
import { followRollout } from './followRollout';
import {
  MAX_FILE_BYTES,
  parseManifests,
  type Manifest,
} from './parseManifests';
import { ROLLED_OUT_KINDS, prepareManifests } from './prepareManifests';
import { readTarget } from './readTarget';
import { warnAboutLeftovers } from './warnAboutLeftovers';

/** What {@link deliver} takes. @internal */
export interface DeliverOptions {
  readonly delivery: QueuedDelivery;
  readonly clusters: ClusterService;
  readonly git: GitProvider;
  readonly config: LocalDeliveryConfig;
  readonly log: (line: Omit<DeliveryLogLine, 'at'>) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Brings one revision to one namespace: reads `deploy/`, checks, applies with
 * the namespace's own account, and follows the rollout. Answers with the
 * outcome in a sentence.
 * @internal
 */
export async function deliver(options: DeliverOptions): Promise<string> {
  const { delivery, clusters, log, signal } = options;
  const short = delivery.revision.slice(0, 7);
  const cluster = clusters.forEnvironment(
    isEnvironment(delivery.environment)
      ? delivery.environment
      : DEFAULT_ENVIRONMENT,
  );
  const namespace = await readTarget(cluster, delivery, signal);
  const manifests = await readManifests(options);
  await checkIngressHosts(cluster, manifests, delivery, signal);
  const prepared = prepareManifests(manifests, {
    delivery,
    namespaceLabels: namespace.metadata.labels ?? {},
    removeProbes: cluster.local,
  });
  await applyAll(cluster, prepared, options, true);
  await readTarget(cluster, delivery, signal);
  const applied = await applyAll(cluster, prepared, options, false);
  const workloads = applied.filter(each =>
    ROLLED_OUT_KINDS.includes(each.kind),
  );
  await followRollout({
    cluster,
    workloads,
    revision: delivery.revision,
    rolloutTimeout: options.config.rolloutTimeout,
    stuckTimeout: options.config.stuckTimeout,
    log,
    signal,
  });
  await warnAboutLeftovers(cluster, applied, options);
  return `${delivery.component} runs ${short} in ${delivery.namespace}.`;
}

async function readManifests(options: DeliverOptions): Promise<Manifest[]> {
  const { delivery, git, signal } = options;
  const [owner, name] = delivery.repository.split('/');
  const files = await git.readDirectory(
    { owner, name },
    delivery.revision,
    'deploy',
    { maxFileBytes: MAX_FILE_BYTES, signal },
  );
  const manifests = parseManifests(files);
  if (manifests.length === 0) {
    throw new DeliveryFailure(
      `${delivery.repository} has no manifests in deploy/: add deploy/deployment.yaml and push.`,
    );
  }
  checkManifests(manifests, delivery.namespace);
  return manifests;
}

/** A dry run of everything comes first, so that a refusal leaves nothing half applied. */
async function applyAll(
  cluster: Cluster,
  manifests: readonly Manifest[],
  options: DeliverOptions,
  dryRun: boolean,
): Promise<KubernetesObject[]> {
  const { delivery, log, signal } = options;
  const as = {
    serviceAccount: DELIVERY_SERVICE_ACCOUNT,
    namespace: delivery.namespace,
  };
  const applied: KubernetesObject[] = [];
  for (const { file, object } of manifests) {
    try {
      const [stored] = await cluster.apply([object], {
        as,
        dryRun,
        force: true,
        signal,
      });
      applied.push(stored);
    } catch (error) {
      throw explain(error, file);
    }
    if (!dryRun) {
      await log({
        level: 'info',
        message: `Applied ${object.kind} "${object.metadata.name}" from ${file}.`,
      });
    }
  }
  return applied;
}

/** Errors that a later try may not meet stay what they are. */
function explain(error: unknown, file: string): unknown {
  const refused = [
    'InputError',
    'NotAllowedError',
    'NotFoundError',
    'ConflictError',
  ];
  const malformed =
    isError(error) && error.message.includes('typed patch object');
  return isError(error) && (malformed || refused.includes(error.name))
    ? new DeliveryFailure(`${file}: ${error.message}`)
    : error;
}
