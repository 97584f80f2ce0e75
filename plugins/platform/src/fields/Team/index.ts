export { teamField } from './teamField';
