export { doraPlugin as default } from './plugin';
export * from './api';
export { type Scope } from './scope';
