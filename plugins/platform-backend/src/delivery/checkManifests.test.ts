import { checkManifests } from './checkManifests';
import { parseManifests } from './parseManifests';

const NAMESPACE = 'checkout-development';

function check(content: string) {
  const file = { path: 'deploy/app.yaml', content: Buffer.from(content) };
  return () => checkManifests(parseManifests([file]), NAMESPACE);
}

function object(apiVersion: string, kind: string, rest = ''): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: thing}\n${rest}`;
}

const GOOD_CONTEXT =
  'allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}';

function podSpec(pod = '', container = '', context = GOOD_CONTEXT): string {
  return `{securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: app, image: a, securityContext: {${context}} ${container}}] ${pod}}`;
}

function deployment(...options: Parameters<typeof podSpec>): string {
  return object(
    'apps/v1',
    'Deployment',
    `spec: {template: {spec: ${podSpec(...options)}}}`,
  );
}

describe('checkManifests', () => {
  it.each([
    [
      'a Secret',
      object('v1', 'Secret'),
      /deploy\/app.yaml: Secret "thing" is refused: everybody who is signed in can read/,
    ],
    [
      'a Secret that asks for the token of an account',
      object('v1', 'Secret', 'type: kubernetes.io/service-account-token'),
      /a Secret does not belong there/,
    ],
    [
      'a ClusterRoleBinding',
      object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'),
      /rights are given by the platform/,
    ],
    [
      'a RoleBinding',
      object('rbac.authorization.k8s.io/v1', 'RoleBinding'),
      /rights are given by the platform/,
    ],
    ['its own quota', object('v1', 'ResourceQuota'), /the size of the namesp/],
    ['its own limits', object('v1', 'LimitRange'), /the size of the namespace/],
    [
      'a policy beside the default deny',
      object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {ingress: [{}]}'),
      /network policies of a namespace belong to the platform/,
    ],
    [
      'a policy in an old group',
      object('extensions/v1beta1', 'NetworkPolicy'),
      /network policies of a namespace belong to the platform/,
    ],
    [
      'Endpoints',
      object('v1', 'Endpoints'),
      /a repository may bring ConfigMap/,
    ],
    ['a PodTemplate', object('v1', 'PodTemplate'), /a repository may bring/],
    ['a Namespace', object('v1', 'Namespace'), /cluster-scoped/],
    [
      'a kind of another group',
      object('serving.knative.dev/v1', 'Service'),
      /all other kinds come from the platform team/,
    ],
    ['a kind like a field', object('v1', 'constructor'), /may bring/],
    [
      'an object of another namespace',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: kube-system}',
      /names the namespace "kube-system" and is delivered to "checkout-development"/,
    ],
    [
      'a name of the platform',
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: waymark-delivery}',
      /belong to the platform/,
    ],
    ['a List', object('v1', 'List'), /documents of their own/],
  ])('refuses %s', (_, content, says) => {
    expect(check(content)).toThrow(says);
  });

  it.each([
    ['serviceAccountName', 'serviceAccountName: waymark-delivery'],
    [
      'serviceAccount',
      'serviceAccount: waymark-delivery, automountServiceAccountToken: true',
    ],
  ])("refuses pods with the platform's account by %s", (field, spec) => {
    const says = new RegExp(
      `platform's account "waymark-delivery" in ${field}; use an account of your own`,
    );
    expect(check(deployment(`, ${spec}`))).toThrow(says);
    const cronJob = `spec: {jobTemplate: {spec: {template: {spec: ${podSpec(
      `, ${spec}`,
    )}}}}}`;
    expect(check(object('batch/v1', 'CronJob', cronJob))).toThrow(says);
  });

  it.each([
    ['type: NodePort', 'spec.type is NodePort; allowed is ClusterIP'],
    ['type: LoadBalancer', 'spec.type is LoadBalancer; allowed is ClusterIP'],
    [
      'type: ExternalName, externalName: checkout.shipping-production.svc',
      'spec.type is ExternalName',
    ],
    ['externalIPs: [10.0.0.1]', 'spec.externalIPs is set; leave it out'],
    ['loadBalancerIP: 10.0.0.1', 'spec.loadBalancerIP is set'],
    ['ports: [{port: 1, nodePort: 30000}]', 'spec.ports[0].nodePort is set'],
  ])('refuses a Service with %s', (spec, says) => {
    expect(check(object('v1', 'Service', `spec: {${spec}}`))).toThrow(says);
  });

  it.each([
    ['rules: [{http: {}}]', 'spec.rules[0] has no host'],
    ['defaultBackend: {service: {name: a}}', 'spec.defaultBackend takes'],
  ])('refuses an Ingress for every host: %s', (spec, says) => {
    expect(
      check(object('networking.k8s.io/v1', 'Ingress', `spec: {${spec}}`)),
    ).toThrow(says);
  });

  it('lets what belongs to a service pass', () => {
    const ingress = 'spec: {rules: [{host: shop.example.com}]}';
    const service = 'spec: {type: ClusterIP, ports: [{port: 80}]}';
    for (const content of [
      object('v1', 'Service', service),
      object('v1', 'ConfigMap'),
      object('v1', 'ServiceAccount'),
      object('networking.k8s.io/v1', 'Ingress', ingress),
      object('policy/v1', 'PodDisruptionBudget'),
      object('autoscaling/v2', 'HorizontalPodAutoscaler'),
      deployment(),
      deployment(
        ', volumes: [{name: a, emptyDir: {}}, {name: b, configMap: {name: b}}]',
      ),
      deployment(
        '',
        '',
        'runAsUser: 10001, allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}',
      ),
    ]) {
      expect(check(content)).not.toThrow();
    }
  });
});

describe('the pod security standard of a delivery', () => {
  it.each([
    [
      ', hostNetwork: true',
      'spec.template.spec.hostNetwork is set; allowed is',
    ],
    [', hostPID: true', 'spec.template.spec.hostPID is set'],
    [', hostIPC: true', 'spec.template.spec.hostIPC is set'],
    [
      ', volumes: [{name: a, emptyDir: {}}, {name: b, hostPath: {path: /}}]',
      'spec.template.spec.volumes[1] is of type hostPath; allowed are configMap,',
    ],
    [
      ', volumes: [{name: a, nfs: {server: a, path: /}}]',
      'volumes[0] is of type nfs',
    ],
    [
      ', initContainers: [{name: a, image: a}]',
      'initContainers[0].securityContext.allowPrivilegeEscalation has to be false',
    ],
    [
      ', ephemeralContainers: [{name: a, securityContext: {privileged: true}}]',
      'ephemeralContainers[0].securityContext.privileged is set',
    ],
  ])('refuses a pod with %s', (pod, says) => {
    expect(check(deployment(pod))).toThrow(says);
  });

  const at = 'spec.template.spec.containers[0].securityContext';

  it.each([
    [`${GOOD_CONTEXT}, privileged: true`, `${at}.privileged is set`],
    [
      `${GOOD_CONTEXT}, allowPrivilegeEscalation: true`.replace(
        'allowPrivilegeEscalation: false, ',
        '',
      ),
      `${at}.allowPrivilegeEscalation has to be false`,
    ],
    [
      'allowPrivilegeEscalation: false',
      `${at}.capabilities.drop has to hold ALL`,
    ],
    [
      'allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_ADMIN]}',
      `${at}.capabilities.add has NET_ADMIN; allowed is NET_BIND_SERVICE`,
    ],
    [`${GOOD_CONTEXT}, runAsNonRoot: false`, `${at}.runAsNonRoot is not true`],
    [`${GOOD_CONTEXT}, runAsUser: 0`, `${at}.runAsUser is 0`],
    [
      `${GOOD_CONTEXT}, seccompProfile: {type: Unconfined}`,
      `${at}.seccompProfile.type is Unconfined; allowed are RuntimeDefault, Localhost`,
    ],
    [`${GOOD_CONTEXT}, procMount: Unmasked`, `${at}.procMount is set`],
    [
      `${GOOD_CONTEXT}, seLinuxOptions: {type: spc_t}`,
      `${at}.seLinuxOptions asks for more`,
    ],
  ])('refuses a container with %s', (context, says) => {
    expect(check(deployment('', '', context))).toThrow(says);
  });

  it('refuses a port of the host', () => {
    expect(
      check(deployment('', ', ports: [{containerPort: 80, hostPort: 80}]')),
    ).toThrow('spec.template.spec.containers[0].ports[0].hostPort is set');
  });

  it('says everything that a bare pod lacks, and where', () => {
    const spec = '{containers: [{name: a, image: a}]}';
    expect(check(object('v1', 'Pod', `spec: ${spec}`))).toThrow(
      'deploy/app.yaml: Pod "thing" is refused: spec.containers[0].securityContext.allowPrivilegeEscalation has to be false; spec.containers[0].securityContext.capabilities.drop has to hold ALL; spec.containers[0].securityContext.runAsNonRoot has to be true, here or for the pod; spec.containers[0].securityContext.seccompProfile.type has to be one of RuntimeDefault, Localhost, here or for the pod.',
    );
  });

  it('refuses an annotation that takes a profile away', () => {
    const template = `{metadata: {annotations: {seccomp.security.alpha.kubernetes.io/pod: unconfined}}, spec: ${podSpec()}}`;
    expect(
      check(object('apps/v1', 'StatefulSet', `spec: {template: ${template}}`)),
    ).toThrow('the annotation seccomp.security.alpha.kubernetes.io/pod takes');
  });
});
