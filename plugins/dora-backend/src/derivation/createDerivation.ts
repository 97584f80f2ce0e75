import type { DoraContext } from '../context';
import { DatabaseDerivationService } from './DatabaseDerivationService';
import type { DerivationService } from './DerivationService';

/** @internal */
export function createDerivation({
  config,
}: Pick<DoraContext, 'config'>): DerivationService {
  return new DatabaseDerivationService({
    productionEnvironments: config.productionEnvironments,
    failedAttemptsCount: config.failedAttemptsCount,
    attributionWindowSeconds: config.attributionWindow / 1000,
  });
}
