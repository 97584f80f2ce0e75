export {
  DEFAULT_PRESET,
  isPreset,
  type Period,
  type Preset,
  PRESETS,
  resolvePeriod,
} from './period';
export { browserTimezone, timezones } from './timezones';
export {
  COMPARED_AT_MOST,
  intervalFor,
  parseView,
  type Section,
  type Show,
  type View,
  writeView,
} from './view';
