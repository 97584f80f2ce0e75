import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { KubernetesResponse } from './KubernetesHttp';

/** The fields of the API's `Status` object that say what went wrong. */
interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly causes?: readonly {
      readonly reason?: string;
      readonly message?: string;
      readonly field?: string;
    }[];
  };
}

/**
 * The error for an answer that is not a success, as a sentence that a person can act on.
 *
 * `subject` names the object, as in `Deployment "checkout" in namespace "checkout-development"`.
 * @internal
 */
export function statusError(
  cluster: string,
  subject: string,
  response: KubernetesResponse,
): Error {
  const status = (response.body ?? {}) as Status;
  const said = status.message ?? `HTTP ${response.status}`;
  switch (response.status) {
    case 400:
    case 415:
    case 422:
      return new InputError(`The cluster refuses ${subject}: ${said}`);
    case 401:
      // Not an AuthenticationError: that is for the person who asks, and would sign them out.
      return new ServiceUnavailableError(
        `The cluster "${cluster}" does not know the account's token. Where the account was renewed, set the new token (platform.clusters[].serviceAccountToken) and restart.`,
      );
    case 403:
      return forbidden(subject, status, said);
    case 404:
      return new NotFoundError(`${subject} was not found: ${said}`);
    case 409:
      return conflict(subject, status, said);
    default:
      return new ServiceUnavailableError(
        `The cluster "${cluster}" could not handle ${subject}: ${said}. Try again shortly.`,
      );
  }
}

const ACCESS =
  /User "(?<user>[^"]+)" cannot (?<verb>\S+) resource "(?<resource>[^"]+)"(?: in API group "(?<group>[^"]*)")?/;

function forbidden(subject: string, status: Status, said: string): Error {
  const causes = status.details?.causes ?? [];
  if (causes.some(cause => cause.reason === 'NamespaceTerminating')) {
    return new ConflictError(
      `${subject} cannot be made: its namespace is being deleted. Wait until it is gone, then try again.`,
    );
  }
  const access = ACCESS.exec(said)?.groups;
  if (!access) {
    return new NotAllowedError(`The cluster refuses ${subject}: ${said}`);
  }
  const resource = access.group
    ? `${access.resource}.${access.group}`
    : access.resource;
  return new NotAllowedError(
    `The account "${access.user}" may not ${access.verb} ${resource}: ${subject} was refused by the cluster.`,
  );
}

const MANAGER = /conflict with "([^"]+)"/;

function conflict(subject: string, status: Status, said: string): Error {
  const held = (status.details?.causes ?? []).filter(
    cause => cause.reason === 'FieldManagerConflict',
  );
  if (status.reason === 'AlreadyExists') {
    return new ConflictError(`${subject} exists already.`);
  }
  if (held.length === 0) {
    return new ConflictError(`${subject} could not be changed: ${said}`);
  }
  const fields = held.map(
    cause =>
      `${cause.field ?? 'a field'} (set by "${
        MANAGER.exec(cause.message ?? '')?.[1] ?? 'somebody else'
      }")`,
  );
  return new ConflictError(
    `${subject} has fields that Waymark does not own: ${fields.join(
      ', ',
    )}. Give them up there, or take them out of what is applied.`,
  );
}
