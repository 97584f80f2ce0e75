export { makeEvents, SERVICE_REFS } from './events';
export { FakeDora } from './FakeDora';
