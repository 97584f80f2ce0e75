import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, NotFoundError } from '@backstage/errors';
import {
  ChangesUnavailableError,
  type ChangesDelayedError,
} from '@waymark/plugin-dora-node';
import { sourcePathsOf } from '../services/chooseComponents';
import type { ServiceResolver } from '../services/ServiceResolver';
import type { ChangesProviders } from './ChangesProviders';
import type { ChangesConfig } from './config';
import type { HostGates } from './HostGates';
import { namedHost } from './locateRepository';
import type { WantedChanges, WantedComparison } from './WantedChanges';

const REVISION = /^(?!-)[\w./+@-]{1,250}$/;
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;
/** Those that waited for the same host do not all begin at once. */
const SPREAD_MS = 2_000;

/** What {@link ChangesFetcher} takes. @internal */
export interface ChangesFetcherOptions {
  readonly config: ChangesConfig;
  readonly gates: HostGates;
  readonly logger: LoggerService;
  readonly now: () => number;
  readonly providers: ChangesProviders;
  /** 0 to 1. */
  readonly random?: () => number;
  readonly services: Pick<ServiceResolver, 'annotations'>;
  readonly wanted: WantedChanges;
}

/** Fetches what one deployment changed, and decides what becomes of a failure. @internal */
export class ChangesFetcher {
  readonly #options: ChangesFetcherOptions;
  readonly #hosts = new Map<number, string>();
  /** What was complained of last, by service: a long history would fill the log otherwise. */
  readonly #complaints = new Map<number, string>();

  constructor(options: ChangesFetcherOptions) {
    this.#options = options;
  }

  /** Services whose host is busy or asks to wait; as far as it is known where they live. */
  busyServices(): number[] {
    const { gates } = this.#options;
    return [...this.#hosts]
      .filter(([, host]) => !gates.isOpen(host))
      .map(([service]) => service);
  }

  /** Never rejects but for the database; what the signal ends is put back, and what takes too long has failed. */
  async fetch(wanted: WantedComparison, signal: AbortSignal): Promise<void> {
    try {
      await this.#fetch(wanted, signal);
    } catch (error) {
      if (signal.aborted && signal.reason?.name !== 'TimeoutError') {
        await this.#putBack(wanted);
        return;
      }
      await this.#failed(wanted, error);
    }
  }

  async #fetch(wanted: WantedComparison, signal: AbortSignal): Promise<void> {
    const { config, gates, logger, wanted: queue } = this.#options;
    requireRevision(wanted.base);
    requireRevision(wanted.head);
    const { annotations, provider, repository } = await this.#locate(wanted);
    this.#hosts.set(wanted.serviceId, repository.host);
    if (!gates.enter(repository.host)) {
      await this.#putBack(wanted, repository.host);
      return;
    }
    try {
      const comparison = await provider.compare({
        repository,
        base: wanted.base,
        head: wanted.head,
        paths: sourcePathsOf(annotations),
        maxCommits: config.maxCommits,
        signal,
      });
      if (await queue.store(wanted, comparison)) {
        logger.debug(
          `Found ${comparison.commits.length} changes of ${wanted.service} at ${repository.host}/${repository.path}`,
        );
      }
    } catch (error) {
      if (isDelay(error)) gates.block(repository.host, error.until);
      throw error;
    } finally {
      gates.leave(repository.host);
    }
  }

  async #locate({ service }: WantedComparison) {
    const { providers, services } = this.#options;
    const annotations = await services.annotations(service);
    if (!annotations) {
      throw new NotFoundError(`${service} is not in the catalog.`);
    }
    const found = providers.locate(annotations);
    if (found) return { ...found, annotations };
    const host = namedHost(annotations);
    throw new ChangesUnavailableError(
      host
        ? `No Git integration is configured for ${host}: add it under integrations in app-config, then replay.`
        : `${service} does not say where its source is: give it the annotation backstage.io/source-location, then replay; or send the deployment's changes with its event.`,
    );
  }

  async #failed(wanted: WantedComparison, error: unknown): Promise<void> {
    const { config, logger, now, random = Math.random } = this.#options;
    const queue = this.#options.wanted;
    const reason = reasonOf(error);
    if (isDelay(error)) {
      const until = error.until + random() * SPREAD_MS;
      await queue.postpone(wanted, { until, reason, counts: false });
      logger.info(`Changes of ${wanted.service} wait: ${reason}`);
      return;
    }
    const final = isError(error) && error.name === 'ChangesUnavailableError';
    if (final || wanted.attempts >= config.maxAttempts) {
      const given = final
        ? reason
        : `Given up after ${wanted.attempts} attempts, replay to try again: ${reason}`;
      await queue.giveUp(wanted, given);
      if (this.#complaints.get(wanted.serviceId) !== given) {
        this.#complaints.set(wanted.serviceId, given);
        logger.warn(`Changes of ${wanted.service} are not available: ${given}`);
      }
      return;
    }
    const pause = Math.min(
      FIRST_RETRY_MS * 2 ** (wanted.attempts - 1),
      LONGEST_RETRY_MS,
    );
    const until = now() + pause * (0.5 + random() / 2);
    await queue.postpone(wanted, { until, reason, counts: true });
    logger.debug(`Changes of ${wanted.service} are tried again: ${reason}`);
  }

  /** To be claimed again as soon as its host is free. */
  async #putBack(wanted: WantedComparison, host?: string): Promise<void> {
    const { gates, now } = this.#options;
    const until = (host && gates.blockedUntil(host)) || now();
    await this.#options.wanted.postpone(wanted, { until, counts: false });
  }
}

function reasonOf(error: unknown): string {
  if (!isError(error)) return String(error);
  return error.name === 'TimeoutError'
    ? 'The comparison took too long.'
    : error.message;
}

/** Errors of modules may come from another copy of the package. */
function isDelay(error: unknown): error is ChangesDelayedError {
  return (
    isError(error) &&
    error.name === 'ChangesDelayedError' &&
    typeof error.until === 'number'
  );
}

function requireRevision(revision: string): void {
  if (!REVISION.test(revision) || revision.includes('..')) {
    throw new ChangesUnavailableError(
      `"${revision.slice(
        0,
        60,
      )}" is not a revision of Git: send the commit that was deployed as the event's revision, or the deployment's changes with it.`,
    );
  }
}
