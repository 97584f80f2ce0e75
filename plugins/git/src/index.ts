export { gitPlugin as default } from './plugin';
export { gitApiRef } from './api';
export type * from './api/GitApi';
