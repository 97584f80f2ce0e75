import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ChangesProvider } from './types';

/** Takes further Git providers for the comparison of revisions. @public */
export interface DoraChangesExtensionPoint {
  /**
   * Adds a provider; it is asked before the built-in ones.
   * @throws ConflictError where one with the same id was added
   */
  addProvider(provider: ChangesProvider): void;
}

/** @public */
export const doraChangesExtensionPoint =
  createExtensionPoint<DoraChangesExtensionPoint>({ id: 'dora.changes' });
