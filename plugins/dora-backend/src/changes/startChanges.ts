import type { DoraContext } from '../context';
import type { DerivationService } from '../derivation/DerivationService';
import type { ServiceResolver } from '../services/ServiceResolver';
import { ChangesFetcher } from './ChangesFetcher';
import { ChangesProviders } from './ChangesProviders';
import { ChangesWorker } from './ChangesWorker';
import { readChangesConfig } from './config';
import { HostGates } from './HostGates';
import { ProviderHttp } from './ProviderHttp';
import { createProviders } from './providers/createProviders';
import { WantedChanges } from './WantedChanges';

/** What {@link startChanges} takes. @internal */
export interface ChangesOptions
  extends Pick<
    DoraContext,
    'database' | 'lifecycle' | 'logger' | 'now' | 'rootConfig'
  > {
  readonly derivation: Pick<DerivationService, 'rederive'>;
  readonly services: Pick<ServiceResolver, 'annotations'>;
  /** With what modules have added. */
  readonly providers?: ChangesProviders;
}

/** The comparisons in the background. @internal */
export interface ChangesQueue {
  /** Looks for wanted changes now instead of a few seconds later. */
  wake(): void;
  /** Wants again what was given up; returns how many. */
  retryUnavailable(): Promise<number>;
}

/** Fetches the changes of deployments that came without, in the background. @internal */
export async function startChanges(
  options: ChangesOptions,
): Promise<ChangesQueue> {
  const { lifecycle, logger, now, rootConfig } = options;
  const config = readChangesConfig(rootConfig);
  const gates = new HostGates(config.concurrencyPerHost, now);
  const http = new ProviderHttp({ gates, timeout: config.timeout, now });
  const providers = options.providers ?? new ChangesProviders();
  providers.setBuiltIn(createProviders(rootConfig, http));
  const wanted = new WantedChanges(options);
  const fetcher = new ChangesFetcher({
    ...options,
    config,
    gates,
    providers,
    wanted,
  });
  const worker = new ChangesWorker({ fetcher, wanted, logger });
  if (config.enabled) {
    lifecycle.addStartupHook(() => worker.start());
    lifecycle.addShutdownHook(() => worker.stop());
  }
  return {
    wake: () => config.enabled && worker.wake(),
    async retryUnavailable() {
      const count = await wanted.retryUnavailable();
      if (config.enabled) worker.wake();
      return count;
    },
  };
}
