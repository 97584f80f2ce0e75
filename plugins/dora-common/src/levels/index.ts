export * from './clusters';
export * from './levels';
