export { FindingNotes } from './FindingNotes';
