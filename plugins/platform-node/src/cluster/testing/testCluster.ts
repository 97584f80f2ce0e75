import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { HttpCluster } from '../HttpCluster';
import { KubernetesHttp, type KubernetesEndpoint } from '../KubernetesHttp';
import { ServiceAccountTokens } from '../ServiceAccountTokens';

/** The accounts that `infrastructure/kubernetes` makes. */
type PortalAccount = 'waymark-reader' | 'waymark-provisioner';

/** A real cluster, prepared as `infrastructure/kubernetes` says. @internal */
export interface TestCluster {
  /** Its administrator, who may also write to system namespaces. */
  readonly admin: HttpCluster;
  /** The cluster as one of the portal's accounts; `local` is how the portal itself would see it. */
  as(account: PortalAccount): Promise<HttpCluster>;
  /** The bare API as one of the portal's accounts, past everything that the client refuses by itself. */
  rawAs(
    account: PortalAccount,
  ): Promise<{ http: KubernetesHttp; token: string }>;
}

interface Kubeconfig {
  clusters: {
    cluster: { server: string; 'certificate-authority-data': string };
  }[];
  users: { user: { token: string } }[];
}

function openTestCluster(file: string): TestCluster {
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
  const [{ cluster }] = config.clusters;
  const adminToken = config.users[0].user.token;
  const endpoint: KubernetesEndpoint = {
    name: 'test',
    url: cluster.server,
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64').toString(),
  };
  const http = new KubernetesHttp(endpoint);
  const tokens = new ServiceAccountTokens(http, adminToken);
  const tokenOf = (serviceAccount: PortalAccount) =>
    tokens.get({ serviceAccount, namespace: 'waymark-system' });
  return {
    admin: new HttpCluster({
      endpoint,
      token: adminToken,
      systemNamespaces: true,
    }),
    as: async account =>
      new HttpCluster({ endpoint, token: await tokenOf(account) }),
    rawAs: async account => ({ http, token: await tokenOf(account) }),
  };
}

/** `describe` where `WAYMARK_TEST_KUBECONFIG` names a cluster; otherwise reports the tests as skipped, and why. @internal */
export function describeWithCluster(
  name: string,
  tests: (cluster: () => TestCluster) => void,
): void {
  const file = process.env.WAYMARK_TEST_KUBECONFIG;
  const describeWhen = file ? describe : describe.skip;
  const title = file
    ? name
    : `${name}: WAYMARK_TEST_KUBECONFIG names no cluster (./portal test starts one)`;
  describeWhen(title, () => {
    let cluster: TestCluster;
    beforeAll(() => {
      cluster = openTestCluster(file ?? '');
    });
    tests(() => cluster);
  });
}
