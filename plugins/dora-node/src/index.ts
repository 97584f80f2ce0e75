export { ChangesDelayedError, ChangesUnavailableError } from './changes/errors';
export {
  doraChangesExtensionPoint,
  type DoraChangesExtensionPoint,
} from './changes/extensionPoint';
export type {
  ChangesProvider,
  ChangesQuery,
  ComparedCommit,
  Comparison,
  RepositoryRef,
} from './changes/types';
