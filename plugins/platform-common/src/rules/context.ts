import type { Environment } from '../environments';
import type { LimitRule } from '../limits';
import type { SizeTable } from '../sizes';

/** What holds a requested name already. @public */
export interface ExistingResource {
  readonly what: 'component' | 'repository' | 'namespace';
  /** How people find it: an entity reference, `<owner>/<name>`, or a namespace. */
  readonly ref: string;
  /** Entity reference of the owning group, where known. */
  readonly owner?: string;
  readonly component?: string;
  readonly environment?: string;
  /** Whether it was made by Waymark. */
  readonly managed: boolean;
  /** Whether it is being deleted. */
  readonly terminating?: boolean;
}

/** What the guardrails need to know besides the request. @public */
export interface RequestContext {
  /** Entity references of the groups that the caller is in. */
  readonly teams: readonly string[];
  /** Whether the catalog has the owning group; undefined where nobody looked. */
  readonly ownerExists?: boolean;
  readonly sizes: SizeTable;
  readonly limits: readonly LimitRule[];
  /** What has the name already; the first decides. */
  readonly existing: readonly ExistingResource[];
  /** Says why nobody could look whether the name is free. */
  readonly unchecked?: string;
}

/** A request with its owner and defaults made definite. @internal */
export interface RuleInput {
  readonly kind: 'Namespace' | 'Repository';
  readonly name: string;
  readonly givenOwner: string;
  /** Entity reference; undefined where the given owner cannot be a group. */
  readonly owner: string | undefined;
  readonly environment: Environment;
  readonly component?: string;
  readonly size: string;
}
