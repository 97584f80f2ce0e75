import { setTimeout as sleep } from 'node:timers/promises';
import type {
  DeliveryLogLine,
  KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import { assessWorkload, type Assessment } from './assessWorkload';
import { DeliveryFailure } from './DeliveryFailure';
import { findProblem, type Problem } from './findProblem';

const POLL_MS = 500;
/** Problems in the first moments solve themselves, as a service account that is just being made. */
const GRACE_MS = 2_000;

/** What {@link followRollout} takes. Times in milliseconds. @internal */
export interface FollowOptions {
  readonly cluster: Cluster;
  readonly workloads: readonly KubernetesObject[];
  readonly revision: string;
  readonly rolloutTimeout: number;
  readonly stuckTimeout: number;
  readonly log: (line: Omit<DeliveryLogLine, 'at'>) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Waits until every workload is rolled out; throws a {@link DeliveryFailure} that says why it is not. @internal */
export async function followRollout(options: FollowOptions): Promise<void> {
  const deadline = Date.now() + options.rolloutTimeout;
  for (const workload of options.workloads) {
    await followOne(workload, deadline, options);
  }
}

async function followOne(
  workload: KubernetesObject,
  deadline: number,
  options: FollowOptions,
): Promise<void> {
  const { cluster, signal, log } = options;
  const started = Date.now();
  let said: string | undefined;
  let stuck: (Problem & { since: number; at: string }) | undefined;
  const say = async (level: DeliveryLogLine['level'], message: string) => {
    if (said !== message) {
      said = message;
      await log({ level, message: `${message}.` });
    }
  };
  for (;;) {
    const { assessment, live } = await look(workload, options);
    if (assessment.state === 'ready') {
      await say('info', assessment.message);
      return;
    }
    const problem =
      live && Date.now() - started > GRACE_MS
        ? await findProblem(cluster, live, options.revision, signal)
        : undefined;
    // Progress starts the time anew; the same problem on another pod does not.
    const moved = stuck?.at !== assessment.message;
    stuck = problem && {
      ...problem,
      at: assessment.message,
      since: stuck && !moved ? stuck.since : Date.now(),
    };
    await say(
      problem ? 'warn' : 'info',
      problem
        ? `${assessment.message}; ${problem.message}`
        : assessment.message,
    );
    const given = problem ? `: ${problem.message}` : '';
    if (assessment.state === 'failed') {
      throw new DeliveryFailure(`${assessment.message}${given}.`);
    }
    if (stuck?.needsChange && Date.now() - stuck.since > options.stuckTimeout) {
      throw new DeliveryFailure(`${describe(workload)} is stuck${given}.`);
    }
    if (Date.now() > deadline) {
      throw new DeliveryFailure(
        `${describe(workload)} was not rolled out within ${Math.round(
          options.rolloutTimeout / 1000,
        )} seconds${given}.`,
      );
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

async function look(
  workload: KubernetesObject,
  { cluster, signal }: FollowOptions,
): Promise<{ assessment: Assessment; live?: KubernetesObject }> {
  const { apiVersion, kind, metadata } = workload;
  const { name, namespace } = metadata;
  const live = await cluster.get(
    { apiVersion, kind, name, namespace },
    { signal },
  );
  if (!live) {
    throw new DeliveryFailure(
      `${describe(workload)} was deleted while it was rolled out.`,
    );
  }
  return { assessment: assessWorkload(live), live };
}

function describe({ kind, metadata }: KubernetesObject): string {
  return `${kind} "${metadata.name}"`;
}
