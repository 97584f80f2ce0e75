export * from './canonical';
export { eventInstant, observedSince, parseInstant } from './instants';
export * from './keys';
export * from './parse';
export * from './refs';
export * from './types';
export { DEPLOYMENT_STATUSES, MAX_CHANGES } from './schemas';
