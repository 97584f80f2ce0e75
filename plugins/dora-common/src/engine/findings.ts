import type { Finding } from '../metrics';
import { instantText, observedDays, type Window } from '../time';

/** What may weaken the numbers of a window. @public */
export interface FindingsInput {
  readonly window: Window;
  /** Of the scope, in milliseconds since 1970. */
  readonly firstEventAt?: number;
  /** Whether any incident, or word from an incident source, ever came. */
  readonly incidentSourceHeard: boolean;
  /** Incidents that opened in the window and are no deployment's. */
  readonly unlinkedIncidents: number;
  /** Changes dated after the deployment in the window that brought them live. */
  readonly changesAfterDeployment: number;
  /** Deployments in the window of which the changes are not known. */
  readonly deploymentsWithoutChanges: number;
  /** Sample deployments among those of the window. Default: none. */
  readonly sampleDeployments?: number;
  /** The environment that was asked for, where it is not production. */
  readonly notProduction?: string;
}

/** The findings of a window, in plain sentences. @public */
export function findingsOf(input: FindingsInput): readonly Finding[] {
  const { unlinkedIncidents, changesAfterDeployment } = input;
  return [
    ...(input.notProduction === undefined
      ? []
      : [notProduction(input.notProduction)]),
    ...windowCut(input),
    ...(input.incidentSourceHeard ? [] : [incidentSourceMissing()]),
    ...counted('incident-unlinked', unlinkedIncidents, n =>
      n === 1
        ? '1 incident could not be attributed to a deployment and is left out.'
        : `${n} incidents could not be attributed to a deployment and are left out.`,
    ),
    ...counted('change-after-deployment', changesAfterDeployment, n =>
      n === 1
        ? '1 change is dated after the deployment that contains it and is left out of the lead time.'
        : `${n} changes are dated after the deployment that contains them and are left out of the lead time.`,
    ),
    ...counted('changes-unknown', input.deploymentsWithoutChanges, n =>
      n === 1
        ? 'The changes of 1 deployment are not known, so they are missing from the lead time.'
        : `The changes of ${n} deployments are not known, so they are missing from the lead time.`,
    ),
    ...counted('sample-data', input.sampleDeployments ?? 0, n =>
      n === 1
        ? '1 deployment is sample data.'
        : `${n} deployments are sample data.`,
    ),
  ];
}

function counted(
  code: Finding['code'],
  count: number,
  message: (count: number) => string,
): readonly Finding[] {
  return count > 0 ? [{ code, count, message: message(count) }] : [];
}

function notProduction(environment: string): Finding {
  return {
    code: 'environment-not-production',
    count: 1,
    message: `The environment ${JSON.stringify(
      environment,
    )} is not a production environment, so nothing in it counts. Production environments are set by dora.productionEnvironments.`,
  };
}

function windowCut({
  window,
  firstEventAt,
}: FindingsInput): readonly Finding[] {
  if (firstEventAt === undefined || firstEventAt <= window.from) {
    return [];
  }
  const days = observedDays(window, firstEventAt);
  const first = instantText(firstEventAt);
  const message =
    days < 1
      ? tooYoung(first, days)
      : `The first event is of ${first}, so the frequency per day is over ${roundDays(
          days,
        )} observed days, not over the whole window.`;
  return [{ code: 'window-cut', count: 1, message }];
}

function tooYoung(first: string, days: number): string {
  return days === 0
    ? `The first event is of ${first}, after the window.`
    : `The first event is of ${first}, so less than a day was observed, which is too little for a frequency per day.`;
}

function roundDays(days: number): string {
  return String(Math.round(days * 10) / 10);
}

function incidentSourceMissing(): Finding {
  return {
    code: 'incident-source-missing',
    count: 1,
    message:
      'No incident source was ever heard from, so the change fail rate stands on failed attempts, rollbacks and remediations alone.',
  };
}
