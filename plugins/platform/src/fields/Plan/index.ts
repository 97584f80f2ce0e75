export { planField } from './planField';
