export type * from './GitApi';
export { GitClient } from './GitClient';
export { gitApiRef } from './gitApiRef';
