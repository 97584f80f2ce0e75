import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { ChangesFetcher } from './ChangesFetcher';
import type { WantedChanges, WantedComparison } from './WantedChanges';

const CONCURRENCY = 8;
const TICK_MS = 3_000;
/** Renewed while a comparison goes on: after a crash it comes up again this much later. */
const LEASE_MS = 60_000;
const RENEW_MS = 15_000;
const COMPARISON_TIMEOUT_MS = 10 * 60_000;

/** Works through the queue of comparisons, a few at once. @internal */
export class ChangesWorker {
  readonly #fetcher: ChangesFetcher;
  readonly #wanted: WantedChanges;
  readonly #logger: LoggerService;
  readonly #stop = new AbortController();
  readonly #running = new Map<WantedComparison, Promise<void>>();
  #timer?: NodeJS.Timeout;
  #renewal?: NodeJS.Timeout;
  #looking?: Promise<void>;
  #again = false;

  constructor(options: {
    fetcher: ChangesFetcher;
    wanted: WantedChanges;
    logger: LoggerService;
  }) {
    this.#fetcher = options.fetcher;
    this.#wanted = options.wanted;
    this.#logger = options.logger;
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), TICK_MS);
    this.#renewal = setInterval(() => void this.#renew(), RENEW_MS);
    this.wake();
  }

  /** Puts back what runs; resolves once nothing does. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearInterval(this.#renewal);
    this.#stop.abort();
    await this.#looking;
    await Promise.all(this.#running.values());
  }

  /** Looks for work now. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = this.#look()
      .catch(error =>
        this.#logger.warn(
          'Wanted changes could not be looked up',
          isError(error) ? error : undefined,
        ),
      )
      .finally(() => {
        this.#looking = undefined;
        if (this.#again) {
          this.#again = false;
          this.wake();
        }
      });
  }

  async #look(): Promise<void> {
    const free = CONCURRENCY - this.#running.size;
    if (free <= 0) return;
    const claimed = await this.#wanted.claim({
      limit: free,
      lease: LEASE_MS,
      except: this.#fetcher.busyServices(),
    });
    for (const wanted of claimed) {
      const work = this.#fetcher
        .fetch(
          wanted,
          AbortSignal.any([
            this.#stop.signal,
            AbortSignal.timeout(COMPARISON_TIMEOUT_MS),
          ]),
        )
        .catch(error =>
          this.#logger.warn(
            `The changes of ${wanted.service} could not be recorded`,
            isError(error) ? error : undefined,
          ),
        )
        .finally(() => {
          this.#running.delete(wanted);
          this.wake();
        });
      this.#running.set(wanted, work);
    }
  }

  async #renew(): Promise<void> {
    try {
      await this.#wanted.renew([...this.#running.keys()], LEASE_MS);
    } catch (error) {
      this.#logger.debug(`Leases of comparisons were not renewed: ${error}`);
    }
  }
}
