import type { Entity } from '@backstage/catalog-model';
import { repositoryOf } from './repositoryOf';

function entity(location?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'checkout',
      annotations: location
        ? { 'backstage.io/source-location': location }
        : undefined,
    },
  };
}

describe('repositoryOf', () => {
  it.each([
    [
      'url:http://localhost:7007/api/git/team-a/checkout/src/branch/main/',
      true,
    ],
    ['url:https://github.com/team-a/checkout/tree/main/', false],
    ['file:/somewhere/api/git/team-a/checkout/', false],
    [undefined, false],
  ])('reads %s', (location, found) => {
    expect(repositoryOf(entity(location))).toEqual(
      found ? { owner: 'team-a', name: 'checkout' } : undefined,
    );
  });
});
