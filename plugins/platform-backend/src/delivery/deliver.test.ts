import {
  DEFAULT_NAMESPACE_SETTINGS,
  DEFAULT_SIZES,
  namespaceObjects,
  type KubernetesObject,
} from '@waymark/plugin-platform-common';
import { FakeCluster } from '../testing/FakeCluster';
import { FakeGit } from '../testing/FakeGit';
import { deliver } from './deliver';

const NAMESPACE = 'checkout-development';
const PAYMENTS = 'group:default/team-payments';
const LOGISTICS = 'group:default/team-logistics';
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

function ingress(host: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {rules: [{host: "${host}"}]}\n`;
}

function namespaceOf(
  name: string,
  owner: string,
  component = 'checkout',
): readonly KubernetesObject[] {
  return namespaceObjects({
    name,
    owner,
    component,
    environment: 'development',
    sizeName: 'small',
    size: DEFAULT_SIZES.small,
    settings: DEFAULT_NAMESPACE_SETTINGS,
  });
}

describe('deliver', () => {
  let cluster: FakeCluster;
  let uid: string;

  beforeEach(async () => {
    cluster = new FakeCluster();
    const [namespace] = await cluster.apply(namespaceOf(NAMESPACE, PAYMENTS));
    uid = namespace.metadata.uid ?? '';
    cluster.applied.length = 0;
  });

  function run(content: string, namespaceUid = uid) {
    const git = new FakeGit();
    const repository = 'team-payments/checkout';
    const revision = git.push(repository, { 'deploy/app.yaml': content });
    return deliver({
      delivery: {
        id: '1',
        namespace: NAMESPACE,
        namespaceUid,
        component: 'checkout',
        owner: PAYMENTS,
        environment: 'development',
        repository,
        revision,
        trigger: 'push',
        status: 'running',
        createdAt: '',
      },
      git,
      clusters: cluster,
      config: {
        enabled: true,
        reconcileInterval: 1000,
        rolloutTimeout: 1000,
        stuckTimeout: 100,
      },
      log: async () => {},
      signal: new AbortController().signal,
    });
  }

  /** Lets something happen between the dry run and what is applied. */
  function afterDryRun(happen: () => Promise<unknown>) {
    const apply = cluster.apply.bind(cluster);
    jest.spyOn(cluster, 'apply').mockImplementation(async (...given) => {
      const stored = await apply(...given);
      if (given[1]?.dryRun) {
        await happen();
        jest.restoreAllMocks();
      }
      return stored;
    });
  }

  const namespaceRef = { apiVersion: 'v1', kind: 'Namespace', name: NAMESPACE };

  it('delivers to the namespace that it was queued for', async () => {
    await expect(run(CONFIG_MAP)).resolves.toContain('checkout runs');
    expect(cluster.applied).toHaveLength(1);
  });

  it.each([
    [
      'belongs to another team',
      () => cluster.apply(namespaceOf(NAMESPACE, LOGISTICS)),
      /does not belong to the component "checkout" of group:default\/team-payments/,
    ],
    [
      'serves another component',
      () => cluster.apply(namespaceOf(NAMESPACE, PAYMENTS, 'ledger')),
      /does not belong to the component "checkout"/,
    ],
    [
      'was deleted and made again',
      async () => {
        await cluster.delete(namespaceRef);
        await cluster.apply(namespaceOf(NAMESPACE, PAYMENTS));
      },
      /was deleted and made again/,
    ],
    ['is gone', () => cluster.delete(namespaceRef), /is gone/],
  ])(
    'applies nothing where the namespace %s meanwhile',
    async (_, happen, says) => {
      afterDryRun(async () => {
        await happen();
        cluster.applied.length = 0;
      });
      await expect(run(CONFIG_MAP)).rejects.toMatchObject({
        name: 'DeliveryFailure',
        message: expect.stringMatching(says),
      });
      expect(cluster.applied).toEqual([]);
    },
  );

  it('applies nothing to a later namespace of the same name', async () => {
    await expect(run(CONFIG_MAP, 'uid-earlier')).rejects.toThrow(
      /was deleted and made again/,
    );
    expect(cluster.applied).toEqual([]);
  });

  /** An Ingress of another team, which may write on it what it likes. */
  async function addForeignIngress(host: string) {
    await cluster.apply([
      ...namespaceOf('shipping-development', LOGISTICS, 'shipping'),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: {
          name: 'shop',
          namespace: 'shipping-development',
          annotations: { 'platform.waymark.dev/owner-ref': PAYMENTS },
        },
        spec: { rules: [{ host }] },
      },
    ]);
    cluster.applied.length = 0;
  }

  it.each([
    ['shop.example.com', 'shop.example.com'],
    ['shop.example.com', '*.example.com'],
    ['*.example.com', 'shop.example.com'],
    ['Shop.example.com', 'shop.example.com'],
  ])('refuses the host %s where another team has %s', async (host, taken) => {
    await addForeignIngress(taken);
    await expect(run(ingress(host))).rejects.toThrow(
      `deploy/app.yaml: Ingress "web" is refused: the host "${host}" belongs to an Ingress of another team`,
    );
    expect(cluster.applied).toEqual([]);
  });

  it('takes a host that nobody else has', async () => {
    await addForeignIngress('shop.example.com');
    await expect(run(ingress('other.example.com'))).resolves.toContain('runs');
  });

  it("lets a team's services share a host", async () => {
    await cluster.apply([
      ...namespaceOf('ledger-development', PAYMENTS, 'ledger'),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'shop', namespace: 'ledger-development' },
        spec: { rules: [{ host: 'shop.example.com' }] },
      },
    ]);
    await expect(run(ingress('shop.example.com'))).resolves.toContain('runs');
  });
});
