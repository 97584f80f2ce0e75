export { techdocsModuleSafeDocs as default } from './module';
export { SafeTechdocsGenerator } from './generator/SafeTechdocsGenerator';
export type { SafeDocsConfig } from './config';
