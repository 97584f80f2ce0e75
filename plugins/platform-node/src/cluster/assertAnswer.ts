import { ServiceUnavailableError } from '@backstage/errors';
import type {
  KubernetesObject,
  KubernetesObjectRef,
} from '@waymark/plugin-platform-common';
import type { ServedKind } from './Discovery';
import type { KubernetesResponse } from './KubernetesHttp';
import { describe } from './paths';
import { statusError } from './statusError';

/** The body of an answer; throws where it is not a success. @internal */
export function expectBody<T>(
  cluster: string,
  response: KubernetesResponse,
  ref: { kind: string; name?: string; namespace?: string },
): T {
  if (response.status < 200 || response.status > 299) {
    throw statusError(cluster, describe(ref), response);
  }
  return response.body as T;
}

/**
 * Throws where an answer is not the object that was asked for, so that no
 * other object ever stands for it.
 * @internal
 */
export function assertObject(
  object: KubernetesObject,
  ref: KubernetesObjectRef,
  served: ServedKind,
): void {
  const { kind, metadata } = object ?? {};
  const same =
    kind === ref.kind &&
    metadata?.name === ref.name &&
    metadata.namespace === (served.namespaced ? ref.namespace : undefined);
  if (!same) {
    throw wrongAnswer(describe(ref));
  }
}

/** As {@link assertObject}, for the page of a list. @internal */
export function assertList(
  page: {
    kind?: string;
    items?: readonly { metadata?: unknown }[];
  },
  ref: { kind: string; namespace?: string },
  served: ServedKind,
): void {
  const within = served.namespaced ? ref.namespace : undefined;
  const same =
    page?.kind?.endsWith('List') &&
    (page.items ?? []).every(
      ({ metadata }) =>
        within === undefined ||
        (metadata as { namespace?: string })?.namespace === within,
    );
  if (!same) {
    throw wrongAnswer(`the list of ${describe(ref)}`);
  }
}

function wrongAnswer(subject: string): Error {
  return new ServiceUnavailableError(
    `The cluster answered with something else than ${subject}. Check the URL of the cluster under kubernetes.clusterLocatorMethods, and what stands between it and the portal.`,
  );
}
