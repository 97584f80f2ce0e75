import { ENVIRONMENTS } from './environments';
import { SYSTEM_NAMESPACE } from './constants';
import type { RequestKind } from './types';

/** What a name of a service or namespace looks like, as a regular expression's source. @public */
export const NAME_PATTERN = '^[a-z]([-a-z0-9]*[a-z0-9])?$';

/** RFC 1123: a label, and so a namespace, has at most 63 characters. @public */
export const NAMESPACE_NAME_MAX_LENGTH = 63;

/** Leaves room for `-production` and what workloads append. @public */
export const SERVICE_NAME_MAX_LENGTH = 50;

/** Names that nobody may take; `*` stands for anything. @public */
export const RESERVED_NAMES = ['kube-*', 'default', SYSTEM_NAMESPACE] as const;

/** The longest name of a kind. @public */
export function nameMaxLength(kind: RequestKind): number {
  return kind === 'Namespace'
    ? NAMESPACE_NAME_MAX_LENGTH
    : SERVICE_NAME_MAX_LENGTH;
}

/** Says in a sentence what is wrong with a name; undefined for a good one. @public */
export function findNameProblem(
  kind: RequestKind,
  name: string,
): string | undefined {
  const max = nameMaxLength(kind);
  if (name.length > max) {
    return `The name has ${
      name.length
    } characters; a ${kind.toLowerCase()} name has at most ${max}.`;
  }
  if (!new RegExp(NAME_PATTERN).test(name)) {
    return `"${name}" is not a valid name: use lower-case letters, digits and "-", start with a letter and end with a letter or digit, as in "order-history".`;
  }
  if (name.startsWith('kube-') || isReserved(name)) {
    return `"${name}" is reserved (${RESERVED_NAMES.join(
      ', ',
    )}); choose another name.`;
  }
  return undefined;
}

/** The namespace of a service in an environment, as our templates name it. @public */
export function serviceNamespace(service: string, environment: string): string {
  return `${service}-${environment}`;
}

/** The names of a service's namespaces in all environments. @public */
export function serviceNamespaces(service: string): string[] {
  return ENVIRONMENTS.map(environment =>
    serviceNamespace(service, environment),
  );
}

function isReserved(name: string): boolean {
  return (RESERVED_NAMES as readonly string[]).includes(name);
}
