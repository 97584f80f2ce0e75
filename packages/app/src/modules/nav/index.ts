export { Logo, Mark } from './Logo';
export { navModule } from './navModule';
