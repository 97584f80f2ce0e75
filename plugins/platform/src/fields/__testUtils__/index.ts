export * from './fakePlatform';
export * from './renderField';
