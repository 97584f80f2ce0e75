export { CommitList } from './CommitList';
export { CommitLine, CommitRows } from './CommitRows';
