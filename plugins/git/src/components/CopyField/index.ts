export { CopyField } from './CopyField';
