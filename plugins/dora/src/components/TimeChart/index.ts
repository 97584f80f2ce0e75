export { bandFill, LineMarks } from './LineMarks';
export { type Swatch } from './Legend';
export { type Column, DataTable } from './DataTable';
export { TimeChart, type TimeChartProps } from './TimeChart';
export type { Geometry } from './geometry';
