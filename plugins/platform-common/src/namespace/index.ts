export { namespaceObjects } from './namespaceObjects';
export * from './options';
