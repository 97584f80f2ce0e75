export {
  seedSampleOrganisation,
  type SeedSampleOptions,
} from './seedSampleOrganisation';
