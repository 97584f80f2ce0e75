import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { open, picture, signIn, Visit } from './browser';
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

const service = `journey-${Date.now().toString(36)}`;
const namespace = `${service}-development`;
const needsCluster = kubeconfig
  ? {}
  : { skip: 'there is no local cluster on this machine' };

describe('Create New Service', () => {
  let visit: Visit;
  let folder: string;

  before(async () => {
    await sampleReady();
    folder = mkdtempSync(join(tmpdir(), 'waymark-journey-'));
    visit = await open();
  });

  after(async () => {
    await visit?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a person signs in and finds Create New Service first', async () => {
    await signIn(visit.page, 'Devon Reyes');
    await visit.page.getByRole('link', { name: /Create New Service/ }).click();
    await visit.page
      .getByRole('heading', { name: 'Create New Service' })
      .waitFor();
  });

  test('the form says what is wrong with a name before anything is made', async () => {
    const { page } = visit;
    await page.getByRole('textbox', { name: /^Name/ }).fill('Checkout');
    await page
      .getByText(/lowercase|lower-case/i)
      .first()
      .waitFor();
    await page.getByRole('textbox', { name: /^Name/ }).fill('checkout');
    await page
      .getByText(/taken|exists|belongs/i)
      .first()
      .waitFor();
  });

  test(
    'the template makes the service within half a minute',
    needsCluster,
    async () => {
      const { page } = visit;
      await page.getByRole('textbox', { name: /^Name/ }).fill(service);
      await page
        .getByRole('textbox', { name: /^Description/ })
        .fill('Shows that a "quoted": description, with a colon, survives');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('Node.js', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await page
        .getByText(/development/i)
        .first()
        .waitFor();
      await page.getByRole('button', { name: /Review|Next/ }).click();
      const create = page.getByRole('button', { name: 'Create', exact: true });
      await create.waitFor();
      await picture(page, 'review');
      await create.click();
      await page
        .getByText(new RegExp(`git clone .*${service}\\.git`))
        .first()
        .waitFor({ timeout: 90_000 });
      await picture(page, 'result');
    },
  );

  test(
    'the namespace holds what the design promises',
    needsCluster,
    async () => {
      const at = (path: string) => kubernetes(`${path}`);
      const made = await at(`/api/v1/namespaces/${namespace}`);
      assert.equal(
        made.metadata.labels['platform.waymark.dev/owner'],
        'team-payments',
      );
      assert.equal(
        made.metadata.labels['app.kubernetes.io/managed-by'],
        'waymark',
      );
      assert.equal(
        made.metadata.labels['pod-security.kubernetes.io/enforce'],
        'restricted',
      );
      const quotas = await at(`/api/v1/namespaces/${namespace}/resourcequotas`);
      assert.equal(quotas.items.length, 1);
      assert.equal(
        String(quotas.items[0].spec.hard['services.loadbalancers']),
        '0',
      );
      const limits = await at(`/api/v1/namespaces/${namespace}/limitranges`);
      assert.equal(limits.items.length, 1);
      const policies = await at(
        `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`,
      );
      for (const policy of policies.items) {
        for (const rule of policy.spec.ingress ?? []) {
          assert.ok(
            rule.from?.length > 0,
            `${policy.metadata.name} admits everyone: ${JSON.stringify(rule)}`,
          );
        }
      }
      const denied = policies.items.find(
        (policy: any) => !policy.spec.ingress && !policy.spec.egress,
      );
      assert.deepEqual([...denied.spec.policyTypes].sort(), [
        'Egress',
        'Ingress',
      ]);
      const bindings = await at(
        `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`,
      );
      for (const binding of bindings.items) {
        assert.equal(binding.roleRef.name, 'edit', binding.metadata.name);
      }
      assert.ok(
        bindings.items.some((binding: any) =>
          binding.subjects.some((subject: any) => subject.kind === 'Group'),
        ),
      );
    },
  );

  test('its pods show on the Kubernetes tab', needsCluster, async () => {
    const { page } = visit;
    await page.goto(
      `${baseUrl}/catalog/default/component/${service}/kubernetes`,
    );
    await page
      .getByText(/containers are not started/i)
      .first()
      .waitFor();
    await page.getByText(service).first().waitFor();
    await page
      .getByText(/\d+ pods?/i)
      .first()
      .waitFor();
    await picture(page, 'kubernetes');
  });

  test('its docs can be read', needsCluster, async () => {
    const { page } = visit;
    await until('The docs of the new service', 60, async () => {
      const built = await call(
        'dev',
        `/api/techdocs/static/docs/default/component/${service}/index.html`,
      );
      return built.status === 200;
    });
    await page.goto(`${baseUrl}/docs/default/component/${service}`);
    await page
      .getByRole('heading', { name: new RegExp(service) })
      .first()
      .waitFor({ timeout: 60_000 });
    await picture(page, 'docs');
  });

  test('search finds it and its docs', needsCluster, async () => {
    const found = async (type: string) =>
      until(`Search finding ${service} in ${type}`, 60, async () => {
        const answer = await call(
          'dev',
          `/api/search/query?term=${service}&types%5B0%5D=${type}`,
        );
        return answer.body?.results?.length > 0;
      });
    await found('software-catalog');
    await found('techdocs');
    const { page } = visit;
    await page.goto(`${baseUrl}/search?query=${service}`);
    await page
      .getByRole('link', { name: new RegExp(service) })
      .first()
      .waitFor();
  });

  test(
    'its repository is cloned with git and an access token',
    needsCluster,
    async () => {
      await git(
        folder,
        'clone',
        await authenticatedUrl('dev', `team-payments/${service}`),
      );
      assert.ok(existsSync(join(folder, service, 'catalog-info.yaml')));
      const { stdout } = await git(
        join(folder, service),
        'log',
        '--format=%an',
      );
      assert.equal(stdout.trim(), 'Devon Reyes');
    },
  );

  test('a pushed change is rolled out', needsCluster, async () => {
    const checkout = join(folder, service);
    appendFileSync(join(checkout, 'docs', 'index.md'), '\nA changed page.\n');
    await git(checkout, 'commit', '--all', '--message', 'Change the docs');
    await git(checkout, 'push');
    const { stdout } = await git(checkout, 'rev-parse', 'HEAD');
    const revision = stdout.trim();
    await until('The rollout of the pushed change', 60, async () => {
      const deployments = await kubernetes(
        `/apis/apps/v1/namespaces/${namespace}/deployments`,
      );
      const [deployment] = deployments.items;
      return (
        deployment?.metadata.annotations['platform.waymark.dev/revision'] ===
          revision &&
        deployment.status.updatedReplicas === deployment.spec.replicas &&
        deployment.status.availableReplicas === deployment.spec.replicas
      );
    });
    const { page } = visit;
    await page.goto(
      `${baseUrl}/catalog/default/component/${service}/deployments`,
    );
    await page.getByText(revision.slice(0, 7)).first().waitFor();
    await picture(page, 'deployments');
  });

  test(
    'its deployments and what they changed stand on the DORA tab',
    needsCluster,
    async () => {
      const items = await until(
        'Two deployments and a change',
        60,
        async () => {
          const { body } = await call(
            'dev',
            `/api/dora/v1/deployments?service=component:default/${service}`,
          );
          const done = body?.items?.length === 2 && body.items[0].changes;
          return done?.state === 'fetched' ? body.items : undefined;
        },
      );
      assert.deepEqual(
        items.map((item: any) => [item.source, item.status, item.role]),
        [
          ['waymark-delivery', 'success', 'new'],
          ['waymark-delivery', 'success', 'first'],
        ],
      );
      const { body } = await call(
        'dev',
        `/api/dora/v1/deployments/${items[0].id}`,
      );
      assert.deepEqual(
        body.changeList.map((change: any) => change.title),
        ['Change the docs'],
      );
      const { page } = visit;
      await page.goto(`${baseUrl}/catalog/default/component/${service}/dora`);
      await page
        .getByText(/deployment frequency/i)
        .first()
        .waitFor();
      await picture(page, 'dora');
    },
  );

  test('nothing went wrong in the browser, and nobody else was called', () => {
    assert.deepEqual(visit.strangers, []);
    assert.deepEqual(visit.complaints, []);
  });
});
