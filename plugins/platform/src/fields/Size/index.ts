export { sizeField } from './sizeField';
