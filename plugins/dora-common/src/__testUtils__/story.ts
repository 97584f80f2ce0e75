import type { DeploymentEvent, DoraEventInput } from '../events';
import { deriveService, mergeEvents, type EngineOptions } from '../engine';
import { deployment, failure } from './history';

/** The facts in short, ids for keys: `D1 new failed(remediated by D2) 11:00-12:00`. */
export function story(
  events: readonly DoraEventInput[],
  options: EngineOptions = {},
): readonly string[] {
  const { facts } = deriveService({ ...mergeEvents(events), options });
  const idOf = (key: string) => JSON.parse(key)[1] as string;
  const time = (instant?: number) =>
    instant === undefined ? '' : new Date(instant).toISOString().slice(11, 16);
  return facts.map(fact => {
    const failed = fact.failures.map(reason => {
      if (reason.kind === 'incident')
        return `incident ${idOf(reason.incident)}`;
      return 'by' in reason
        ? `${reason.kind} by ${idOf(reason.by)}`
        : reason.kind;
    });
    const rework = fact.rework.map(reason => {
      if (reason.kind === 'rollback') return `rollback to ${idOf(reason.to)}`;
      return 'of' in reason ? `${reason.kind} of ${reason.of}` : reason.kind;
    });
    const { impactAt, recoveredAt } = fact.recovery ?? {};
    return [
      fact.id,
      fact.role,
      ...(failed.length ? [`failed(${failed.join(', ')})`] : []),
      ...(rework.length ? [`rework(${rework.join(', ')})`] : []),
      ...(fact.recovery ? [`${time(impactAt)}-${time(recoveredAt)}`] : []),
      ...(fact.samples.length
        ? [`+${fact.samples.map(s => s.sha).join('+')}`]
        : []),
    ].join(' ');
  });
}

/** A deployment that succeeded, by an id that reads. */
export const success = (
  id: string,
  revision: string,
  time: string,
  rest: Partial<DeploymentEvent> = {},
) => deployment(revision, time, { id, ...rest });

/** A deployment that failed, by an id that reads. */
export const failing = (
  id: string,
  revision: string,
  time: string,
  rest: Partial<DeploymentEvent> = {},
) => failure(revision, time, { id, ...rest });
