export { type Load, useLoad } from './useLoad';
export { type Pages, usePages } from './usePages';
export { useDora } from './useDora';
export { useNow } from './useNow';
export { useRoving } from './useRoving';
export { useView, type ViewState } from './useView';
export { useWidth } from './useWidth';
