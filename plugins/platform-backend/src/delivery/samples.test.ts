import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkManifests } from './checkManifests';
import { parseManifests } from './parseManifests';

const root = resolve(__dirname, '../../../..');
const services = join(root, 'catalog', 'services');

function readDeploy(folder: string) {
  return readdirSync(join(folder, 'deploy')).map(file => ({
    path: `deploy/${file}`,
    // What a template leaves open is a name wherever it stands.
    content: Buffer.from(
      readFileSync(join(folder, 'deploy', file), 'utf8').replace(
        /\$\{\{[^}]*\}\}/g,
        'sample',
      ),
    ),
  }));
}

describe('what is delivered from the start', () => {
  it.each([
    ...readdirSync(services).map(name => join(services, name)),
    join(root, 'templates', 'new-service', 'skeleton-common'),
  ])('%s passes every check', folder => {
    const manifests = parseManifests(readDeploy(folder));
    expect(manifests.map(({ object }) => object.kind)).toContain('Deployment');
    expect(() => checkManifests(manifests, 'sample')).not.toThrow();
  });
});
