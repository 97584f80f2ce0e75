export * from './engine';
export * from './events';
export * from './levels';
export * from './metrics';
export * from './permissions';
export * from './time';
