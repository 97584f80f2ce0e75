export { permissionModulePlatformPolicy as default } from './module';
export { PlatformPolicy, type PlatformPolicyOptions } from './PlatformPolicy';
