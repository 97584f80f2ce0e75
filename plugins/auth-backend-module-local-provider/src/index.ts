export { authModuleLocalProvider as default } from './module';
