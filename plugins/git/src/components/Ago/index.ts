export { Ago, relative } from './Ago';
