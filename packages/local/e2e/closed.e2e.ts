import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  authenticatedUrl,
  baseUrl,
  call,
  git,
  kubeconfig,
  kubernetes,
  sampleReady,
  until,
} from './portal';

const needsCluster = kubeconfig
  ? {}
  : { skip: 'there is no local cluster on this machine' };

before(sampleReady);

describe('from another address of the machine', () => {
  const addresses = Object.values(networkInterfaces())
    .flat()
    .flatMap(entry =>
      entry && !entry.internal && entry.family === 'IPv4'
        ? [entry.address]
        : [],
    );
  const { port } = new URL(baseUrl);

  test(
    'the portal does not answer',
    addresses.length ? {} : { skip: 'this machine has loopback only' },
    async () => {
      for (const address of addresses) {
        await assert.rejects(
          fetch(`http://${address}:${port}/`, {
            signal: AbortSignal.timeout(2000),
          }),
        );
      }
    },
  );
});

describe('a developer token', () => {
  test('is needed by every API', async () => {
    for (const path of [
      '/api/catalog/entities',
      '/api/platform/v1/offerings',
      '/api/platform/v1/deliveries',
      '/api/git/v1/repos',
      '/api/git/team-payments/checkout.git/info/refs?service=git-upload-pack',
      '/api/kubernetes/clusters',
      '/api/search/query?term=a',
    ]) {
      const response = await fetch(`${baseUrl}${path}`);
      assert.equal(response.status, 401, path);
    }
  });

  test('does not open the cluster proxy', needsCluster, async () => {
    const answer = await call('dev', '/api/kubernetes/proxy/api/v1/secrets');
    assert.ok([403, 404].includes(answer.status), answer.text);
  });

  test('reads no Secret and nothing of other teams', needsCluster, async () => {
    const entity = await call(
      'dev',
      '/api/catalog/entities/by-name/component/default/product-catalog',
    );
    const secrets = await call(
      'dev',
      '/api/kubernetes/resources/custom/query',
      {
        method: 'POST',
        body: {
          auth: {},
          entityRef: 'component:default/checkout',
          customResources: [{ group: '', apiVersion: 'v1', plural: 'secrets' }],
        },
      },
    );
    assert.doesNotMatch(
      secrets.text,
      /"kind":"Secret"|service-account-token|"token":/,
    );
    for (const path of [
      '/api/kubernetes/services/product-catalog',
      '/api/kubernetes/resources/workloads/query',
    ]) {
      const answer = await call('dev', path, {
        method: 'POST',
        body: {
          auth: {},
          entity: entity.body,
          entityRef: 'component:default/product-catalog',
        },
      });
      assert.doesNotMatch(
        answer.text,
        /"namespace":"product-catalog-development"/,
        path,
      );
    }
    const own = await call('sam', '/api/kubernetes/services/product-catalog', {
      method: 'POST',
      body: { auth: {}, entity: entity.body },
    });
    assert.match(own.text, /"namespace":"product-catalog-development"/);
  });

  test('reads no deliveries of other teams', needsCluster, async () => {
    const answer = await call('dev', '/api/platform/v1/deliveries');
    for (const { owner } of answer.body.items) {
      assert.equal(owner, 'group:default/team-payments');
    }
  });
});

describe('a hostile repository', () => {
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-hostile-'));
    await git(
      folder,
      'clone',
      await authenticatedUrl('dev', 'team-payments/payment-gateway'),
      '.',
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function push(message: string): Promise<string> {
    await git(folder, 'add', '--all');
    await git(folder, 'commit', '--message', message);
    await git(folder, 'push');
    return (await git(folder, 'rev-parse', 'HEAD')).stdout.trim();
  }

  test('cannot be pushed to by another team', async () => {
    await git(folder, 'commit', '--allow-empty', '--message', 'Not mine');
    await assert.rejects(
      git(
        folder,
        'push',
        await authenticatedUrl('sam', 'team-payments/payment-gateway'),
        'HEAD:main',
      ),
      /team-payments/,
    );
    await git(folder, 'reset', '--hard', 'origin/main');
  });

  test('gets no rights over the cluster', needsCluster, async () => {
    const file = join(folder, 'deploy', 'rights.yaml');
    writeFileSync(
      file,
      [
        `# ${Date.now()}`,
        'apiVersion: rbac.authorization.k8s.io/v1',
        'kind: ClusterRoleBinding',
        'metadata: {name: hostile}',
        'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}',
        'subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:authenticated"}]',
        '',
      ].join('\n'),
    );
    const revision = await push('Take over the cluster');
    const delivery = await until('The refused delivery', 60, async () => {
      const { body } = await call(
        'dev',
        '/api/platform/v1/deliveries?namespace=payment-gateway-development',
      );
      return body.items.find(
        (item: { revision: string; status: string }) =>
          item.revision === revision && item.status === 'failed',
      );
    });
    assert.match(delivery.message, /ClusterRoleBinding/);
    const made = await kubernetes(
      '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/hostile',
    );
    assert.equal(made.code, 404);
    rmSync(file);
    await push('Give up');
  });

  test('shows nothing of the server through links and snippets', async () => {
    const marker = `marker-${Date.now()}`;
    const hostile = {
      passwd: '/etc/passwd',
      'docs/root': '/',
      'docs/linked.md': '/etc/passwd',
    };
    for (const [path, target] of Object.entries(hostile)) {
      rmSync(join(folder, path), { force: true });
      symlinkSync(target, join(folder, path));
    }
    writeFileSync(
      join(folder, 'docs', 'included.md'),
      `# Included\n\n${marker}\n\n--8<-- "/etc/passwd"\n\n--8<-- "../passwd"\n`,
    );
    await push('Read the server');
    const raw = await call(
      'dev',
      '/api/git/api/v1/repos/team-payments/payment-gateway/contents/passwd?ref=main',
    );
    assert.doesNotMatch(
      Buffer.from(raw.body?.content ?? '', 'base64').toString() + raw.text,
      /root:/,
    );
    const docs = '/api/techdocs/static/docs/default/component/payment-gateway';
    const page = await until('The built page', 90, async () => {
      const answer = await call('dev', `${docs}/included/index.html`);
      return answer.status === 200 && answer.text.includes(marker) && answer;
    });
    assert.doesNotMatch(page.text, /root:x|\/bin\/bash/);
    for (const path of ['linked/index.html', 'root/etc/passwd', 'linked.md']) {
      const answer = await call('dev', `${docs}/${path}`);
      assert.doesNotMatch(answer.text, /root:x|\/bin\/bash/, path);
    }
    for (const path of [...Object.keys(hostile), 'docs/included.md']) {
      rmSync(join(folder, path), { force: true });
    }
    await push('Give up again');
  });
});
