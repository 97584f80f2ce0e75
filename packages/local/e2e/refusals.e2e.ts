import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { call, kubeconfig, kubernetes, sampleReady, until } from './portal';

before(sampleReady);

const needsCluster = kubeconfig
  ? {}
  : { skip: 'there is no local cluster on this machine' };

interface Refusal {
  readonly rule: string;
  readonly message: string;
}

async function dryRun(user: string, body: object): Promise<Refusal[]> {
  const answer = await call(user, '/api/platform/v1/requests?dryRun=true', {
    method: 'POST',
    body,
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.verdicts.filter(
    (verdict: { allowed: boolean }) => !verdict.allowed,
  );
}

interface Task {
  readonly status: string;
  readonly log: string;
}

/** Runs the template through the scaffolder's API, past every check of the form. */
async function runTemplate(user: string, values: object): Promise<Task> {
  const started = await call(user, '/api/scaffolder/v2/tasks', {
    method: 'POST',
    body: {
      templateRef: 'template:default/new-service',
      values: {
        description: 'A service that must not come to be',
        runtime: 'nodejs',
        environments: ['development'],
        size: 'small',
        ...values,
      },
    },
  });
  if (started.status === 400) {
    return { status: 'refused', log: started.text };
  }
  assert.equal(started.status, 201, started.text);
  const path = `/api/scaffolder/v2/tasks/${started.body.id}`;
  const task = await until('The end of the run', 90, async () => {
    const { body } = await call(user, path);
    return ['completed', 'failed', 'cancelled'].includes(body.status) && body;
  });
  const events = await call(user, `${path}/events`);
  return {
    status: task.status,
    log: (events.body ?? [])
      .map((event: { body: { message: string } }) => event.body.message)
      .join('\n'),
  };
}

const names = {
  'a name of 64 characters': 'a'.repeat(64),
  'an upper-case name': 'Checkout',
  'a path': '../x',
  'a name that starts with a hyphen': '-a',
};

describe('a forbidden name', () => {
  for (const [what, name] of Object.entries(names)) {
    test(`${what} is refused by form and run alike`, async () => {
      const [refusal] = await dryRun('dev', {
        kind: 'Repository',
        name,
        owner: 'group:default/team-payments',
      });
      assert.equal(refusal.rule, 'name-format');
      const task = await runTemplate('dev', {
        name,
        owner: 'group:default/team-payments',
      });
      assert.notEqual(task.status, 'completed');
      assert.doesNotMatch(task.log, /\n\s+at .*\.(js|ts):\d+/, 'a stack trace');
    });
  }

  test('a name that is taken is refused in the same words by form and run', async () => {
    const [refusal] = await dryRun('dev', {
      kind: 'Repository',
      name: 'checkout',
      owner: 'group:default/team-payments',
    });
    assert.equal(refusal.rule, 'name-taken');
    const task = await runTemplate('dev', {
      name: 'checkout',
      owner: 'group:default/team-payments',
    });
    assert.equal(task.status, 'failed');
    assert.ok(task.log.includes(refusal.message), task.log);
  });
});

describe('somebody else', () => {
  test('cannot own what is made, in the same words from form and run', async () => {
    const body = {
      kind: 'Repository',
      name: 'not-for-dev',
      owner: 'group:default/team-storefront',
    };
    const [refusal] = await dryRun('dev', body);
    assert.equal(refusal.rule, 'owner-membership');
    assert.match(refusal.message, /team-payments/);
    const task = await runTemplate('dev', {
      name: body.name,
      owner: body.owner,
    });
    assert.equal(task.status, 'failed');
    assert.ok(task.log.includes(refusal.message), task.log);
    const made = await call(
      'sam',
      '/api/git/v1/repos/team-storefront/not-for-dev',
    );
    assert.equal(made.status, 404);
  });

  test('keeps a namespace that they have', needsCluster, async () => {
    const [refusal] = await dryRun('dev', {
      kind: 'Namespace',
      name: 'product-catalog-development',
      owner: 'group:default/team-payments',
    });
    assert.equal(refusal.rule, 'name-taken');
    assert.match(refusal.message, /group:default\/team-storefront/);
  });
});

describe('a size', () => {
  test('that does not exist answers with what would be allowed', async () => {
    const [refusal] = await dryRun('dev', {
      kind: 'Namespace',
      name: 'sized-development',
      owner: 'group:default/team-payments',
      environment: 'development',
      spec: { size: 'colossal' },
    });
    assert.equal(refusal.rule, 'size-allowed');
    assert.match(refusal.message, /small/);
  });
});

const WEBHOOKS =
  '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

/** Lets the API server refuse the namespaces of one component until the answer is called. */
async function refuseNamespaces(
  component: string,
): Promise<() => Promise<void>> {
  const made = await kubernetes(WEBHOOKS, {
    method: 'POST',
    body: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: component },
      webhooks: [
        {
          name: 'nobody.answers.test',
          clientConfig: { url: 'https://127.0.0.1:1/' },
          rules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['namespaces'],
            },
          ],
          objectSelector: {
            matchLabels: { 'platform.waymark.dev/component': component },
          },
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    },
  });
  assert.equal(made.status, 201, JSON.stringify(made));
  return async () => {
    await kubernetes(`${WEBHOOKS}/${component}`, { method: 'DELETE' });
  };
}

describe('a run that stops half-way', () => {
  test(
    'says what it made, and the next run goes on from there',
    needsCluster,
    async () => {
      const values = {
        name: `halfway-${Date.now().toString(36)}`,
        owner: 'group:default/team-payments',
        description: 'Stops at its namespace and is made again',
        runtime: 'go',
      };
      const allow = await refuseNamespaces(values.name);
      const stopped = await runTemplate('dev', values).finally(allow);
      assert.equal(stopped.status, 'failed', stopped.log);
      const repository = await call(
        'dev',
        `/api/git/v1/repos/team-payments/${values.name}`,
      );
      assert.equal(repository.status, 200);
      const again = await runTemplate('dev', values);
      assert.equal(again.status, 'completed', again.log);
      const namespace = await kubernetes(
        `/api/v1/namespaces/${values.name}-development`,
      );
      assert.equal(
        namespace.metadata.labels['platform.waymark.dev/component'],
        values.name,
      );
    },
  );
});
