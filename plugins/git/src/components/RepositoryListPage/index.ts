export { RepositoryListPage } from './RepositoryListPage';
