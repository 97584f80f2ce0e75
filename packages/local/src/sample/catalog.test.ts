import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { DEFAULT_SIZES } from '@waymark/plugin-platform-common';
import { parseAllDocuments } from 'yaml';
import { PEOPLE, type Person } from './people';
import { SAMPLE_SERVICES, type SampleService } from './services';

const catalog = join(__dirname, '../../../../catalog');

function read<T = Entity>(...path: string[]): T[] {
  const text = readFileSync(join(catalog, ...path), 'utf8');
  return parseAllDocuments(text).map(document => document.toJS() as T);
}

const folder = ({ name }: SampleService) => join('services', name);
const entities = [
  ...read('org.yaml'),
  ...read('domains-systems.yaml'),
  ...read('..', 'catalog-info.yaml'),
  ...SAMPLE_SERVICES.flatMap(each => read(folder(each), 'catalog-info.yaml')),
];

/** The kinds that a field's references mean where they name none. */
const REFERENCES: Record<string, string> = {
  owner: 'Group',
  parent: 'Group',
  children: 'Group',
  memberOf: 'Group',
  system: 'System',
  domain: 'Domain',
  providesApis: 'API',
  consumesApis: 'API',
  dependsOn: 'Component',
};

describe('the sample organisation', () => {
  it('has an entry in the history for each folder', () => {
    expect(SAMPLE_SERVICES.map(({ name }) => name).sort()).toEqual(
      readdirSync(join(catalog, 'services')).sort(),
    );
  });

  it('names nothing twice, and nothing that does not exist', () => {
    const refs = entities.map(each => stringifyEntityRef(each));
    expect(new Set(refs).size).toBe(refs.length);
    const missing = entities.flatMap(entity =>
      Object.entries(REFERENCES).flatMap(([field, defaultKind]) =>
        [entity.spec?.[field] ?? []]
          .flat()
          .map(ref =>
            stringifyEntityRef(
              parseEntityRef(String(ref), {
                defaultKind,
                defaultNamespace: 'default',
              }),
            ),
          )
          .filter(ref => !refs.includes(ref))
          .map(ref => `${entity.metadata.name}.${field}: ${ref}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it.each(SAMPLE_SERVICES.map(each => [each.name, each] as const))(
    '%s belongs to the team of its repository and has docs, code and manifests',
    (name, service) => {
      const own = read(folder(service), 'catalog-info.yaml');
      expect(own.map(({ spec }) => spec?.owner)).toEqual(
        own.map(() => service.team),
      );
      expect(own[0].metadata).toMatchObject({
        name,
        annotations: {
          'backstage.io/techdocs-ref': 'dir:.',
          'backstage.io/kubernetes-id': name,
        },
      });
      for (const file of ['README.md', 'docs/index.md', 'Dockerfile']) {
        expect(existsSync(join(catalog, folder(service), file))).toBe(true);
      }
    },
  );

  it.each(SAMPLE_SERVICES.map(each => [each.name, each] as const))(
    '%s runs within the quota of its namespaces, as a pod security standard allows',
    (name, service) => {
      const [deployment] = read<any>(folder(service), 'deploy/deployment.yaml');
      const { replicas, template } = deployment.spec;
      expect(template.metadata.labels).toMatchObject({
        'backstage.io/kubernetes-id': name,
      });
      expect(template.spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      const [container] = template.spec.containers;
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
      const milli = Number(container.resources.limits.cpu.replace('m', ''));
      for (const { size } of service.namespaces) {
        // A rollout has one pod more for a while.
        expect((replicas + 1) * milli).toBeLessThanOrEqual(
          DEFAULT_SIZES[size].cores * 1000,
        );
      }
    },
  );

  it('has commits by people of the catalog, in order', () => {
    const people = entities.filter(({ kind }) => kind === 'User');
    for (const person of Object.keys(PEOPLE) as Person[]) {
      const user = people.find(({ metadata }) => metadata.name === person);
      expect(user?.spec?.profile).toMatchObject({
        displayName: PEOPLE[person].name,
        email: PEOPLE[person].email,
      });
    }
    for (const { commits } of SAMPLE_SERVICES) {
      const dates = commits.map(({ date }) => date);
      expect(dates).toEqual([...dates].sort());
      expect(commits.at(-1)?.paths).toBeUndefined();
    }
  });
});
