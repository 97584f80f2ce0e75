import type { DoraContext } from '../context';
import type { DerivationService } from '../derivation/DerivationService';
import type { ServiceResolver } from '../services/ServiceResolver';

/** What {@link startChanges} takes. @internal */
export interface ChangesOptions extends DoraContext {
  readonly derivation: DerivationService;
  readonly services: ServiceResolver;
}

/** Fetches the changes of deployments that came without, in the background. @internal */
export async function startChanges(_options: ChangesOptions): Promise<void> {}
