export { platformPlugin as default } from './plugin';
export * from './api';
export * from './scaffolder';
