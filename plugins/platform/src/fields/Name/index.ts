export { nameField } from './nameField';
