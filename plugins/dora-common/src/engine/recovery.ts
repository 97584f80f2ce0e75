import { openedAt } from './attributeIncidents';
import type { DeploymentFacts, Incident } from './facts';
import type { Unit } from './units';

type Recovery = DeploymentFacts['recovery'];

/** From the first opening to the last end; not recovered while one is open. @internal */
export function recoveryOfIncidents(incidents: readonly Incident[]): Recovery {
  const ends = incidents.map(incident => incident.intervals.at(-1)?.resolvedAt);
  const impactAt = Math.min(...incidents.map(openedAt));
  return ends.some(end => end === undefined)
    ? { impactAt }
    : { impactAt, recoveredAt: Math.max(...(ends as number[])) };
}

/**
 * The outages that failed attempts make: those without an incident of their
 * own between two successes are one outage, held by its first and over with
 * the next success. By the index of the unit that holds it.
 * @internal
 */
export function outagesOf(
  units: readonly Unit[],
  hasIncidents: (index: number) => boolean,
): ReadonlyMap<number, NonNullable<Recovery>> {
  const outages = new Map<number, NonNullable<Recovery>>();
  let holder: number | undefined;
  units.forEach((unit, index) => {
    if (unit.succeeded) {
      if (holder !== undefined) {
        const impactAt = units[holder].finishedAt;
        outages.set(holder, { impactAt, recoveredAt: unit.finishedAt });
      }
      holder = undefined;
    } else if (holder === undefined && !hasIncidents(index)) {
      holder = index;
      outages.set(holder, { impactAt: unit.finishedAt });
    }
  });
  return outages;
}
