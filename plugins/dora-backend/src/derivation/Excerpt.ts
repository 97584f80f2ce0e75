import type { Change } from '@waymark/plugin-dora-common';
import type {
  FactRow,
  Job,
  StoredDeployment,
  StoredIncident,
  StoredLink,
} from './Job';

/** All that the engine needs to derive a job's facts, and what is stored of them. @internal */
export interface Excerpt {
  readonly job: Job;
  /** Those since the start, with all members of their rollouts. */
  readonly suffix: readonly StoredDeployment[];
  /** Some before the start, which tell what the others are. */
  readonly context: readonly StoredDeployment[];
  /** By row id; none where they are not known. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  readonly liveBefore: ReadonlySet<string>;
  readonly parentsBefore: ReadonlyMap<string, readonly string[]>;
  readonly incidents: readonly StoredIncident[];
  readonly links: readonly StoredLink[];
  /** Stored facts since the start. */
  readonly stored: readonly FactRow[];
  /** Stored facts before the start that rest on those since. */
  readonly touched: readonly FactRow[];
}

/** A job's excerpt, or the earlier start that it turned out to need. @internal */
export type ReadExcerpt =
  | { readonly excerpt: Excerpt }
  | { readonly start: number };
