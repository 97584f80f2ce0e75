import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '@waymark/plugin-platform-common';
import type { Cluster } from '@waymark/plugin-platform-node';
import { parseAllDocuments } from 'yaml';
import { repositoryRoot } from '../../bootstrap/paths';

/** The manifests of every cluster, in the order in which they are applied. */
const MANIFESTS = ['namespace.yaml', 'reader.yaml', 'provisioner.yaml'];
/** Applied where the cluster serves it. */
const ADMISSION_POLICY = 'admission-policy.yaml';

/**
 * Applies `infrastructure/kubernetes`, as the platform team does to a real cluster.
 * @internal
 */
export async function setUpCluster(
  cluster: Cluster,
  { log, signal }: { log: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const options = { force: true, signal };
  for (const file of MANIFESTS) {
    await cluster.apply(await readManifests(file), options);
  }
  await cluster.apply([systemNamespaceLabel()], options);
  const policy = await readManifests(ADMISSION_POLICY);
  const [{ apiVersion, kind }] = policy;
  if (await cluster.serves(apiVersion, kind, { signal })) {
    await cluster.apply(policy, options);
  } else {
    log(
      `${ADMISSION_POLICY} is left out: this cluster does not serve ${kind}. The portal refuses system namespaces by itself.`,
    );
  }
}

async function readManifests(file: string): Promise<KubernetesObject[]> {
  const path = join(repositoryRoot, 'infrastructure', 'kubernetes', file);
  return parseAllDocuments(await readFile(path, 'utf8')).map(document => {
    if (document.errors.length > 0) {
      throw new Error(
        `${path} is not valid YAML: ${document.errors[0].message}`,
      );
    }
    return document.toJS() as KubernetesObject;
  });
}

/** Kubernetes sets it from 1.21 on; the NetworkPolicies that allow DNS select kube-system by it. */
function systemNamespaceLabel(): KubernetesObject {
  const name = 'kube-system';
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  };
}
