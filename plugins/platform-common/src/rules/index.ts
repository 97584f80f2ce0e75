export type { ExistingResource, RequestContext } from './context';
export { evaluateRequest } from './evaluateRequest';
export * from './ids';
