import type { Deployment, Incident } from '@waymark/plugin-dora-common';

/**
 * A stretch of one service's history that is derived anew: all that finished
 * since an instant, in one view.
 * @internal
 */
export interface Job {
  readonly serviceId: number;
  /** Entity reference. */
  readonly service: string;
  /** Empty: all production environments; else the one that is looked at, in lower case. */
  readonly view: string;
  /** What a filter by environment must say to find the facts. */
  readonly environment?: string;
  /** Milliseconds since 1970; -Infinity: all. */
  start: number;
  /** How often the start has been put back so far. */
  readonly moves: number;
}

/** A finished production deployment with its row. @internal */
export interface StoredDeployment {
  readonly rowId: string;
  readonly serviceId: number;
  readonly changesState: string;
  readonly baseRevision?: string;
  /** Without its changes. */
  readonly deployment: Deployment & { readonly finishedAt: number };
}

/** An incident with its row. @internal */
export interface StoredIncident {
  readonly rowId: string;
  readonly serviceId: number;
  readonly incident: Incident;
}

/** Which deployment an incident counts for. @internal */
export interface Link {
  readonly incidentId: string;
  readonly openedAt: number;
  readonly deploymentId?: string;
  /** Tells whether the incident has changed since. */
  readonly signature: string;
}

/** As it is stored so far. @internal */
export interface StoredLink extends Link {
  /** When the facts of that deployment finished. */
  readonly finishedAt?: number;
}

/** A row of `facts`; instants are milliseconds since 1970. @internal */
export interface FactRow {
  readonly deploymentId: string;
  readonly view: string;
  readonly serviceId: number;
  readonly finishedAt: number;
  readonly flags: number;
  readonly changesAfter: number;
  readonly environment?: string;
  readonly lead?: Buffer;
  readonly leadMore?: Buffer;
  readonly impactAt?: number;
  readonly recoveredAt?: number;
  readonly role: string;
  readonly revision?: string;
  readonly rolloutId?: string;
  readonly reasons?: FactReasons;
  /** Row ids. */
  readonly touches?: readonly string[];
}

/** What only the pages about one deployment need. @internal */
export interface FactReasons {
  /** `by` and `incident`: row ids. */
  readonly failures?: readonly {
    readonly kind: 'failed-attempt' | 'incident' | 'rolled-back' | 'remediated';
    readonly by?: string;
    readonly incident?: string;
  }[];
  /** `to`: row id; `of`: id that the source gave. */
  readonly rework?: readonly {
    readonly kind: 'rollback' | 'hotfix' | 'remediation';
    readonly to?: string;
    readonly of?: string;
  }[];
  /** Of a rollout: the shas of its samples, in their order. */
  readonly shas?: readonly string[];
  /** Of a rollout: row ids. */
  readonly members?: readonly string[];
}

/** PostgreSQL's form of an instant. @internal */
export function instant(millis: number): string {
  return millis === -Infinity ? '-infinity' : new Date(millis).toISOString();
}
