export { SampleBanner } from './SampleBanner';
