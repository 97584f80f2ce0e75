import { InputError, isError } from '@backstage/errors';
import type {
  DryRunResult,
  KubernetesObject,
} from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';

/** Applies what the Platform API said it would apply. @internal */
export async function applyNamespace(options: {
  cluster: Cluster;
  name: string;
  result: DryRunResult;
  /** Asks the Platform API again. */
  judge: () => Promise<DryRunResult>;
  signal?: AbortSignal;
}): Promise<void> {
  const { cluster, name, result, judge, signal } = options;
  let { objects } = result;
  assertOwnObjects(name, objects);
  if (!result.existing) {
    try {
      // Only one of two runs at the same moment creates it; the other one asks again whose it is.
      await cluster.create(claimOf(objects[0]), { signal });
    } catch (error) {
      if (!isError(error) || error.name !== 'ConflictError') {
        throw error;
      }
      ({ objects } = await judge());
      assertOwnObjects(name, objects);
    }
  }
  await cluster.apply(objects, { force: true, signal });
}

/** The namespace with what says whose it is; the rest is applied. */
function claimOf(namespace: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata } = namespace;
  const { name, labels, annotations } = metadata;
  return { apiVersion, kind, metadata: { name, labels, annotations } };
}

function assertOwnObjects(
  name: string,
  objects: readonly KubernetesObject[],
): void {
  const [first, ...rest] = objects;
  const fits =
    first?.kind === 'Namespace' &&
    first.metadata.name === name &&
    rest.every(each => each.metadata.namespace === name);
  if (!fits) {
    throw new InputError(
      `The Platform API answered with objects that are not part of the namespace "${name}": nothing was applied.`,
    );
  }
}
