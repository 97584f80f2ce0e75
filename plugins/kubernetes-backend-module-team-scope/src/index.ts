export { kubernetesModuleTeamScope as default } from './module';
