import type { Interval } from '@waymark/plugin-dora-common';

/** What a caller asks about, before the catalog was looked at. @internal */
export interface Filter {
  readonly scope: ScopeQuery;
  /** In lower case. */
  readonly environment?: string;
  readonly window: Window;
}

/** Milliseconds since 1970; `to` is not part of it. @internal */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** One service, a roll-up, or everything. @internal */
export type ScopeQuery =
  | { readonly kind: 'service' | 'system' | 'team'; readonly ref: string }
  | { readonly kind: 'organisation' };

/** @internal */
export interface MetricsFilter extends Filter {
  readonly interval: Interval;
  readonly timezone: string;
}
