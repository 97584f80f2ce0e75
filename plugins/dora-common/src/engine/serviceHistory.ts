import { attributeIncidents } from './attributeIncidents';
import type { DeriveInput } from './deriveFacts';
import type { DeploymentFacts, Incident } from './facts';
import { resolveOptions } from './options';
import { outagesOf } from './recovery';
import { remediationOf, type Remediation } from './remediation';
import { rolesOf, type RoleFacts } from './roles';
import { unitsOf, type Unit } from './units';

/**
 * One service's units in live order, and how they hang together; units are
 * named by their index.
 * @internal
 */
export interface ServiceHistory {
  readonly units: readonly Unit[];
  readonly roles: readonly RoleFacts[];
  readonly remediation: Remediation;
  readonly incidents: ReadonlyMap<number, readonly Incident[]>;
  readonly unlinked: readonly Incident[];
  /** Which unit rolled which one back. */
  readonly rollbacks: ReadonlyMap<number, number>;
  /** By the failed attempt that holds it; undefined where these do not count. */
  readonly outages?: ReadonlyMap<
    number,
    NonNullable<DeploymentFacts['recovery']>
  >;
}

/** Reads a service's history. @internal */
export function serviceHistory(input: DeriveInput): ServiceHistory {
  const options = resolveOptions(input.options);
  const units = unitsOf(input.deployments);
  const roles = rolesOf(units, input);
  const attribution = attributeIncidents(units, input.incidents, options);
  const rollbacks = new Map<number, number>();
  roles.forEach(({ rolledBack }, index) => {
    if (rolledBack !== undefined) rollbacks.set(rolledBack, index);
  });
  return {
    ...{ units, roles, rollbacks, ...attribution },
    remediation: remediationOf(units),
    outages: options.failedAttemptsCount
      ? outagesOf(units, index => attribution.incidents.has(index))
      : undefined,
  };
}
