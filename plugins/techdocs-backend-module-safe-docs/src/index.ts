export { techdocsModuleSafeDocs as default } from './module';
export { SafeTechdocsGenerator } from './generator/SafeTechdocsGenerator';
