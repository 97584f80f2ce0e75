export { useLoad, type Load } from './useLoad';
export { useOfferings } from './useOfferings';
