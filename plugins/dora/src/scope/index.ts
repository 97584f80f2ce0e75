export {
  ORGANISATION,
  refOfScope,
  type Scope,
  scopeOfEntity,
  scopeOfRef,
  scopeParameter,
} from './scope';
