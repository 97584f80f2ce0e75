export { RepositoryCard } from './RepositoryCard';
export { repositoryOf } from './repositoryOf';
