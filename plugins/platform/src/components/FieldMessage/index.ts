export { FieldMessage } from './FieldMessage';
