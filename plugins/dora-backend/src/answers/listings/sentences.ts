import type { FactReasons } from '../../derivation/Job';
import type { LinkedIncident, NamedDeployment } from './ReasonReader';
import type { ReasonAnswer } from './wire';

/** What reasons name, by row id. @internal */
export interface Named {
  readonly deployments: ReadonlyMap<string, NamedDeployment>;
  readonly incidents: ReadonlyMap<string, LinkedIncident>;
}

type Failure = NonNullable<FactReasons['failures']>[number];
type Rework = NonNullable<FactReasons['rework']>[number];

/** Why a deployment counts as failed. @internal */
export function failureReason(failure: Failure, named: Named): ReasonAnswer {
  const { kind: code, by, incident } = failure;
  switch (failure.kind) {
    case 'failed-attempt':
      return { code, message: 'The attempt ended in failure.' };
    case 'incident': {
      const found = named.incidents.get(incident!);
      return {
        ...{ code, incident },
        message: found
          ? `${incidentName(found)}, opened at ${instant(
              found.opened_at,
            )}, is attributed to it: ${because(found)}.`
          : 'An incident is attributed to it.',
      };
    }
    case 'rolled-back':
      return {
        ...{ code, deployment: by },
        message: `${deploymentName(by, named)} rolled it back.`,
      };
    default:
      return {
        ...{ code, deployment: by },
        message: `${deploymentName(by, named)} declares that it remediates it.`,
      };
  }
}

/** Why a deployment counts as rework; `remediated` are the row ids of those that it remediates. @internal */
export function reworkReason(
  rework: Rework,
  named: Named,
  remediated: readonly string[],
): ReasonAnswer {
  const { kind: code, to, of } = rework;
  switch (rework.kind) {
    case 'rollback':
      return {
        ...{ code, deployment: to },
        message: `It brought back what was live before: ${lowerFirst(
          deploymentName(to, named),
        )}.`,
      };
    case 'hotfix':
      return { code, message: 'Its sender declares it a hotfix.' };
    default: {
      const deployment = remediated.find(
        id => named.deployments.get(id)?.external_id === of,
      );
      return {
        ...{ code, deployment },
        message: deployment
          ? `It declares that it remediates ${lowerFirst(
              deploymentName(deployment, named),
            )}.`
          : `It declares that it remediates deployment ${of}, of which nothing is known before it.`,
      };
    }
  }
}

/** Why an incident counts for a deployment, or for none. @internal */
export function attribution(
  incident: Pick<LinkedIncident, 'deployment_ref' | 'revision'>,
  deployment: string | undefined,
  attributionHours: number,
): ReasonAnswer {
  const { deployment_ref: named, revision } = incident;
  if (deployment !== undefined) {
    return { code: codeOf(incident), deployment, message: sentence(incident) };
  }
  if (named !== null || revision !== null) {
    const what =
      named === null ? `revision ${short(revision!)}` : `deployment ${named}`;
    return {
      code: 'unlinked-unknown-name',
      message: `It names ${what}, which its service has not deployed to production as far as is known, so it counts for no deployment.`,
    };
  }
  return {
    code: 'unlinked-none-before',
    message: `No successful production deployment of its service finished in the ${attributionHours} hours before it opened, so it counts for no deployment.`,
  };
}

/** How a deployment is called in a sentence. @internal */
export function deploymentName(id: string | undefined, named: Named): string {
  const found = named.deployments.get(id ?? '');
  if (!found) return 'A deployment that is no longer kept';
  const { external_id: name, version, revision, finished_at: at } = found;
  const what =
    version !== null
      ? `version ${version}`
      : revision !== null && `revision ${short(revision)}`;
  const details = [what, at && `finished at ${instant(at)}`].filter(Boolean);
  return `Deployment ${name}${
    details.length > 0 ? ` (${details.join(', ')})` : ''
  }`;
}

function incidentName({ external_id: id, title }: LinkedIncident): string {
  return title === null ? `Incident ${id}` : `Incident ${id} (${title})`;
}

function codeOf(
  incident: Pick<LinkedIncident, 'deployment_ref' | 'revision'>,
): string {
  if (incident.deployment_ref !== null) return 'named-deployment';
  return incident.revision === null ? 'latest-before' : 'named-revision';
}

function sentence(
  incident: Pick<LinkedIncident, 'deployment_ref' | 'revision'>,
): string {
  const text = because(incident);
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function because(
  incident: Pick<LinkedIncident, 'deployment_ref' | 'revision'>,
): string {
  switch (codeOf(incident)) {
    case 'named-deployment':
      return `it names deployment ${incident.deployment_ref}`;
    case 'named-revision':
      return `it names revision ${short(incident.revision!)}`;
    default:
      return 'it was the latest successful production deployment when the incident opened';
  }
}

/** @internal */
export function instant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

/** A commit as people write it; other revisions whole. @internal */
export function short(revision: string): string {
  return /^[0-9a-f]{40,64}$/i.test(revision) ? revision.slice(0, 7) : revision;
}

function lowerFirst(text: string): string {
  return `${text[0].toLowerCase()}${text.slice(1)}`;
}
