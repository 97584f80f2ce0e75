import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { component } from '../__testUtils__/component';
import type { ServiceLookup } from '../sources/types';
import { CatalogServiceResolver } from './CatalogServiceResolver';

const SLUG = 'github.com/project-slug';
const acme = { annotation: SLUG, value: 'acme/shop' };

function resolverOf(
  entities: ReturnType<typeof component>[],
  now: () => number = Date.now,
) {
  const catalog = catalogServiceMock.mock();
  const real = catalogServiceMock({ entities });
  catalog.getEntitiesByRefs.mockImplementation(query =>
    real.getEntitiesByRefs(query),
  );
  catalog.getEntities.mockImplementation(query => real.getEntities(query));
  const auth = mockServices.auth();
  return {
    catalog,
    resolver: new CatalogServiceResolver({ auth, catalog, now }),
  };
}

describe('CatalogServiceResolver', () => {
  it('knows Components, and no other kinds', async () => {
    const api = { ...component('api'), kind: 'API' };
    const { resolver } = resolverOf([component('checkout'), api]);
    const refs = [
      'component:default/checkout',
      'component:default/api',
      'component:default/none',
    ];
    expect([...(await resolver.existing(refs))]).toEqual([refs[0]]);
  });

  it('asks the catalog once for many, and again after a while', async () => {
    let now = 0;
    const { catalog, resolver } = resolverOf(
      [component('checkout')],
      () => now,
    );
    const refs = Array.from(
      { length: 700 },
      (_, index) => `component:default/s${index}`,
    );
    await resolver.existing(refs);
    await resolver.existing(refs);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(2); // 500 and 200
    await resolver.existing(['component:default/checkout']);
    now = 5_001;
    await resolver.existing(['component:default/checkout']);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(3);
    await resolver.existing(refs.slice(0, 1));
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(4);
    now = 30_001;
    await resolver.existing(['component:default/checkout']);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(5);
  });

  it.each<[string, Partial<ServiceLookup>, string[], string?]>([
    ['takes all Components of a repository', {}, ['cart', 'docs', 'pay']],
    ['takes the one that is named', { component: 'Pay' }, ['pay']],
    ['takes the reference before the annotation', { ref: 'other' }, ['other']],
    [
      'falls back to the annotation where the reference is unknown',
      { ref: 'unknown', component: 'cart' },
      ['cart'],
    ],
    [
      'takes those whose paths have changed, and those without paths',
      { changedPaths: ['services/cart/a.ts', 'README.md'] },
      ['cart', 'docs'],
    ],
    [
      'understands wildcards',
      { changedPaths: ['libs/pay-core/index.ts'] },
      ['docs', 'pay'],
    ],
    ['says so where none is called so', { component: 'x' }, [], 'called "x"'],
    [
      'says so where none has the annotation',
      { annotations: [{ annotation: SLUG, value: 'acme/none' }] },
      [],
      `${SLUG}: acme/none`,
    ],
    ['says so where nothing is named', { annotations: [] }, [], 'no Component'],
  ])('%s', async (_name, lookup, names, ...[words]) => {
    const { resolver } = resolverOf([
      component('cart', {
        [SLUG]: 'acme/shop',
        'dora/source-path': 'services/cart',
      }),
      component('pay', {
        [SLUG]: 'Acme/Shop',
        'dora/source-path': 'services/pay/**, libs/pay-*/**',
      }),
      component('docs', { [SLUG]: 'acme/shop' }),
      component('other'),
    ]);
    const { found, problem } = await resolver.find({
      annotations: [acme],
      ...lookup,
    });
    expect(found.map(ref => ref.split('/')[1]).sort()).toEqual(names);
    expect(problem ?? '').toContain(words ?? '');
  });
});
