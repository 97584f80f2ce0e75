import type {
  AuthService,
  DatabaseService,
  DiscoveryService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type {
  ClusterService,
  GitProvider,
} from '@waymark/plugin-platform-node';
import { z } from 'zod';
import type { PlatformConfig } from '../config';
import { DatabaseDeliveryStore } from './DatabaseDeliveryStore';
import { DeliveryAccess } from './DeliveryAccess';
import { DeliveryReporter } from './DeliveryReporter';
import { DeliveryReports } from './DeliveryReports';
import { DeliveryService } from './DeliveryService';
import { DeliveryWorker } from './DeliveryWorker';
import { DeploymentStatusService } from './DeploymentStatusService';

const pushSchema = z.object({
  owner: z.string(),
  repo: z.string(),
  branch: z.string().optional(),
  defaultBranch: z.string(),
});

/** What {@link createDelivery} takes. @internal */
export interface CreateDeliveryOptions {
  readonly appUrl?: string;
  readonly auth: AuthService;
  readonly clusters: ClusterService;
  readonly config: PlatformConfig;
  readonly database: DatabaseService;
  readonly discovery: DiscoveryService;
  readonly events: EventsService;
  readonly git: GitProvider;
  readonly lifecycle: LifecycleService;
  readonly logger: LoggerService;
  readonly scheduler: SchedulerService;
}

/** Sets local delivery up: a store, a worker, and what gives it work. @internal */
export async function createDelivery(
  options: CreateDeliveryOptions,
): Promise<DeliveryAccess> {
  const { clusters, git, logger, lifecycle } = options;
  const config = options.config.localDelivery;
  const store = await DatabaseDeliveryStore.create(options.database, {
    reports: config.reportTo !== undefined,
  });
  const reporter = await createReporter(options);
  const worker = new DeliveryWorker({
    store,
    clusters,
    git,
    config,
    logger,
    onFinished: () => void reporter?.report(),
  });
  const service = new DeliveryService({
    store,
    clusters,
    git,
    logger,
    wake: () => worker.wake(),
  });
  if (config.enabled) {
    await subscribe(options, service);
    await scheduleReconciliation(options, service);
    lifecycle.addStartupHook(() => worker.start());
    lifecycle.addShutdownHook(() => worker.stop());
  }
  return new DeliveryAccess({
    store,
    clusters,
    service,
    delivers: config.enabled,
    statuses: new DeploymentStatusService({ store, delivers: config.enabled }),
  });
}

async function createReporter(
  options: CreateDeliveryOptions,
): Promise<DeliveryReporter | undefined> {
  const { enabled, reportTo } = options.config.localDelivery;
  if (!enabled || reportTo === undefined) {
    return undefined;
  }
  const reports = new DeliveryReports(await options.database.getClient());
  const reporter = new DeliveryReporter({
    ...options,
    reports,
    pluginId: reportTo,
  });
  await options.scheduler.scheduleTask({
    id: 'platform-local-delivery-report',
    frequency: { seconds: 10 },
    timeout: { minutes: 1 },
    initialDelay: { seconds: 3 },
    scope: 'local',
    fn: () => reporter.report(),
  });
  return reporter;
}

async function subscribe(
  { events, logger }: CreateDeliveryOptions,
  service: DeliveryService,
): Promise<void> {
  await events.subscribe({
    id: 'platform-local-delivery',
    topics: ['git.push'],
    async onEvent({ eventPayload }) {
      const push = pushSchema.safeParse(eventPayload);
      if (!push.success || push.data.branch !== push.data.defaultBranch) {
        return;
      }
      // Whoever pushed does not wait for the cluster; what fails here the next reconciliation finds again.
      void service
        .deliverRepository(push.data)
        .catch(error =>
          logger.warn(
            `The push to ${push.data.owner}/${
              push.data.repo
            } is delivered later: ${reason(error)}`,
          ),
        );
    },
  });
}

async function scheduleReconciliation(
  { config, scheduler, logger }: CreateDeliveryOptions,
  service: DeliveryService,
): Promise<void> {
  const frequency = {
    milliseconds: config.localDelivery.reconcileInterval,
  };
  await scheduler.scheduleTask({
    id: 'platform-local-delivery-reconcile',
    frequency,
    timeout: { minutes: 2 },
    initialDelay: { seconds: 2 },
    async fn() {
      try {
        await service.reconcile();
      } catch (error) {
        if (!isError(error) || error.name !== 'ServiceUnavailableError') {
          throw error;
        }
        logger.debug(`Nothing reconciled: ${error.message}`);
      }
    },
  });
}

function reason(error: unknown): string {
  return isError(error) ? error.message : 'no reason given';
}
