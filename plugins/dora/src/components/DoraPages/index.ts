export { DoraPages } from './DoraPages';
