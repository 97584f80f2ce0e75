export type * from './GitProvider';
export * from './cluster';
export { gitProviderServiceRef } from './gitProviderServiceRef';
export * from './reading';
