/** A row of a Markdown table. */
export const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** With thousands apart. */
export const count = (value: number) => value.toLocaleString('en-US');

/** Milliseconds, as exactly as it matters. */
export const ms = (value: number) =>
  value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;

/** Whole megabytes. */
export const mb = (value: number) => `${Math.round(value)} MB`;
