export { FolderView, formatSize } from './FolderView';
