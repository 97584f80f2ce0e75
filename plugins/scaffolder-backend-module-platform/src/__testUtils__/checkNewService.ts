import {
  componentEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';
import { REQUIRED_CHECKS } from '@waymark/plugin-platform-common';
import { parse, parseAllDocuments } from 'yaml';
import type { Runtime } from './runtimes';

/** What must be so in every new service, whatever it is called and described as. */
export async function checkFiles(
  rendered: Map<string, string>,
  asked: { name: string; description: string; runtime: Runtime },
) {
  const { name, description, runtime } = asked;
  const entity = parse(rendered.get('catalog-info.yaml')!) as Entity;
  await EntityPolicies.allOf([
    new SchemaValidEntityPolicy(),
    new FieldFormatEntityPolicy(),
    new NoForeignRootFieldsEntityPolicy(),
  ]).enforce(entity);
  expect(await componentEntityV1alpha1Validator.check(entity)).toBe(true);
  expect(entity.metadata.name).toBe(name);
  expect(entity.metadata.annotations).toEqual({
    'backstage.io/techdocs-ref': 'dir:.',
    'backstage.io/kubernetes-id': name,
  });

  for (const [path, content] of rendered) {
    if (/\.ya?ml$/.test(path)) {
      for (const document of parseAllDocuments(content)) {
        expect({ path, errors: document.errors }).toEqual({ path, errors: [] });
      }
    }
    if (path.endsWith('.json')) {
      expect(JSON.parse(content).name).toBe(name);
    }
    if (!path.startsWith('.github/') && !description.includes('values.')) {
      expect(content).not.toContain('values.');
    }
  }

  checkManifests(rendered, name);
  const ci = parse(rendered.get('.github/workflows/ci.yml')!);
  expect(Object.keys(ci.jobs)).toEqual([...REQUIRED_CHECKS]);
  expect(rendered.get('.github/workflows/ci.yml')).toContain(
    '${{ github.ref }}',
  );
  expect(parse(rendered.get('mkdocs.yml')!).site_name).toBe(name);
  expect(rendered.get('Dockerfile')).toMatch(/^USER 10001:10001$/m);
  expect(rendered.get('docs/index.md')).not.toContain('<script');
  expect(rendered.has('.gitignore')).toBe(true);
  expect([...rendered.keys()].some(path => isSource(path, runtime))).toBe(true);
}

function checkManifests(rendered: Map<string, string>, name: string) {
  const deployment = parse(rendered.get('deploy/deployment.yaml')!);
  const service = parse(rendered.get('deploy/service.yaml')!);
  const pod = deployment.spec.template;
  const [container] = pod.spec.containers;
  for (const object of [deployment, service, pod]) {
    expect(object.metadata.labels).toEqual({
      'app.kubernetes.io/name': name,
      'backstage.io/kubernetes-id': name,
    });
  }
  expect(deployment.spec.selector.matchLabels).toEqual(service.spec.selector);
  // What the pod security standard "restricted" asks for.
  expect(pod.spec.securityContext).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(container.securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
  expect(container.image).toBe(`ghcr.io/team-payments/${name}:0.1.0`);
  expect(container.resources).toHaveProperty('limits.memory');
  expect(container).toHaveProperty('readinessProbe.httpGet.path', '/readyz');
}

function isSource(path: string, runtime: Runtime): boolean {
  const entry = {
    nodejs: 'src/main.js',
    go: 'main.go',
    python: 'service/__main__.py',
  };
  return path === entry[runtime];
}
