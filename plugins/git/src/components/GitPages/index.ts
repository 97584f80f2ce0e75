export { GitPages } from './GitPages';
