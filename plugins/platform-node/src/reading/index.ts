export { configuredUrlReaderServiceFactory } from './configuredUrlReaderServiceFactory';
