export { createLinks, type Links, useLinks } from './links';
export { type Loaded, useLoad } from './useLoad';
