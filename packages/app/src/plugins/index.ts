export { apiDocs } from './apiDocs';
export { catalog } from './catalog';
export { catalogGraph } from './catalogGraph';
export { kubernetes } from './kubernetes';
export { scaffolder } from './scaffolder';
export { techdocs } from './techdocs';
export { userSettings } from './userSettings';
