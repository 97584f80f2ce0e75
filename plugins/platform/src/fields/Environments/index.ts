export { environmentsField } from './environmentsField';
