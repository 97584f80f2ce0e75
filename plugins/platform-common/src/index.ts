export * from './constants';
export * from './environments';
export * from './rules';
export * from './sizes';
export * from './types';
