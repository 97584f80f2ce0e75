import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { open, picture, signIn } from './browser';
import { baseUrl, sampleReady } from './portal';

before(sampleReady);

const pages = {
  home: '/',
  catalog: '/catalog',
  entity: '/catalog/default/component/checkout',
  api: '/catalog/default/api/checkout-api/definition',
  create: '/create',
  form: '/create/templates/default/new-service',
  docs: '/docs',
  'docs page': '/docs/default/component/checkout',
  repositories: '/git',
  tokens: '/git/tokens',
  dora: '/dora',
  'dora timeline': '/dora?section=timeline&period=30d',
  'dora comparison':
    '/dora?section=compare&compare=component:default/checkout,group:default/team-storefront',
  'dora inbox': '/dora/inbox',
  'dora tab': '/catalog/default/component/checkout/dora',
  'dora deployments':
    '/catalog/default/system/checkout-system/dora?section=deployments&show=recovery',
  'dora wrong address': '/catalog/default/group/team-payments/dora?interval=x',
  search: '/search?query=checkout',
  settings: '/settings',
  notifications: '/notifications',
  missing: '/no-such-page',
};

/** Skeletons, spinners and fades are not what people read: wait until the page is at rest. */
async function settle(page: import('playwright-core').Page) {
  await page
    .waitForLoadState('networkidle', { timeout: 15_000 })
    .catch(() => {});
  await page.waitForTimeout(1000);
}

/** How many parts of the page say that they cannot be shown. */
async function failures(page: import('playwright-core').Page) {
  return page.getByText(/cannot be shown|something went wrong/i).count();
}

for (const dark of [false, true]) {
  describe(`pages, ${dark ? 'dark' : 'light'}`, () => {
    test('have no serious accessibility violation', async t => {
      const visit = await open({ dark });
      try {
        await signIn(visit.page, 'Devon Reyes');
        for (const [name, path] of Object.entries(pages)) {
          await t.test(name, async () => {
            await visit.page.goto(baseUrl + path);
            await settle(visit.page);
            await picture(visit.page, `${name}-${dark ? 'dark' : 'light'}`);
            assert.equal(await failures(visit.page), 0, 'a page that failed');
            const { violations } = await new AxeBuilder({
              page: visit.page,
            }).analyze();
            assert.deepEqual(
              violations
                .filter(
                  ({ impact }) => impact === 'serious' || impact === 'critical',
                )
                .map(
                  ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`,
                ),
              [],
            );
          });
        }
      } finally {
        await visit.close();
      }
      assert.deepEqual(visit.strangers, [], 'hosts other than the portal');
      assert.deepEqual(visit.complaints, [], 'errors in the console');
    });
  });
}

describe('a narrow screen', () => {
  test('shows every page without scrolling sideways', async t => {
    const visit = await open({ width: 390, height: 844 });
    try {
      await signIn(visit.page, 'Devon Reyes');
      for (const [name, path] of Object.entries(pages)) {
        await t.test(name, async () => {
          await visit.page.goto(baseUrl + path);
          await settle(visit.page);
          await picture(visit.page, `${name}-narrow`);
          assert.equal(await failures(visit.page), 0, 'a page that failed');
          const width = await visit.page.evaluate(
            () => document.documentElement.scrollWidth,
          );
          assert.ok(width <= 390, `${name} is ${width} px wide`);
        });
      }
    } finally {
      await visit.close();
    }
  });
});
