import type { DoraContext } from '../context';
import type { DerivationService } from './DerivationService';

/** @internal */
export async function createDerivation(
  _context: DoraContext,
): Promise<DerivationService> {
  return { rederive: async () => {}, expire: async () => {} };
}
