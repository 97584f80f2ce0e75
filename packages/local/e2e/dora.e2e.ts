import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { open, picture, signIn, Visit } from './browser';
import { baseUrl, sampleReady, serviceToken, until } from './portal';

// No sample data and no local delivery speak of it.
const service = 'component:default/waymark';
const tab = `${baseUrl}/catalog/default/component/waymark/dora`;
const now = Date.now();
const sha = now.toString(16).padStart(40, 'a');

const HOUR = 3_600_000;
const ago = (ms: number) => new Date(now - ms).toISOString();

/** Sends an event the way the empty page says. */
async function send(path: string, event: unknown): Promise<void> {
  const response = await fetch(`${baseUrl}/api/dora/v1/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${serviceToken()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(event),
  });
  assert.equal(response.status, 202, await response.text());
}

function deployment(id: string, finished: number, more: object = {}) {
  return {
    ...{ id: `${id}-${now}`, source: 'browser-test', service },
    ...{ environment: 'production', status: 'success' },
    ...{ version: id, revision: `${id}-${now}`, finishedAt: ago(finished) },
    ...more,
  };
}

describe('the DORA tab', () => {
  let visit: Visit;
  const card = (name: string) =>
    visit.page.getByRole('region', { name, exact: true });

  before(async () => {
    await sampleReady();
    visit = await open();
    await signIn(visit.page, 'Devon Reyes');
  });
  after(() => visit?.close());

  test('says how to send the first event, and shows it by itself', async () => {
    const { page } = visit;
    await page.goto(tab);
    const command = page.getByRole('group', {
      name: 'the command that sends a deployment',
    });
    await command.waitFor();
    await picture(page, 'dora-empty');
    const text = await command.innerText();
    assert.match(text, new RegExp(`curl -X POST ${baseUrl}/api/dora`));
    await send('deployments', JSON.parse(/-d '(.*)'/s.exec(text)![1]));
    await card('Deployment frequency')
      .getByText('1 deployment so far')
      .waitFor();
  });

  test('shows sent deployments and incidents on the cards', async () => {
    const { page } = visit;
    await send('deployments', [
      deployment('1.1.0', 3 * HOUR, {
        url: 'http://localhost/run/1',
        changes: [{ sha, committedAt: ago(5 * HOUR) }],
      }),
      deployment('1.2.0', 1 * HOUR, { changes: [] }),
    ]);
    await send('incidents', {
      ...{ id: `i-${now}`, source: 'browser-test', service },
      ...{ status: 'resolved', title: 'The page is blank' },
      ...{ openedAt: ago(2.5 * HOUR), resolvedAt: ago(2 * HOUR) },
    });
    await until('The new deployments on the page', 30, async () => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.waitForTimeout(500);
      return page.getByText('1 of 3 deployments failed').isVisible();
    });
    await card('Failed deployment recovery time')
      .getByRole('button', { name: /^30 min/ })
      .waitFor();
    await picture(page, 'dora-tab');
  });

  test('leads from the fail rate to the deployment, why it failed, and its commit', async () => {
    const { page } = visit;
    await card('Change fail rate').getByRole('button').click();
    await page.getByRole('heading', { name: 'Deployments' }).waitFor();
    await page.getByRole('button', { name: /details/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/The page is blank/)
      .first()
      .waitFor();
    await dialog.getByText('Why it counts as failed').waitFor();
    await dialog.getByText(sha.slice(0, 8)).waitFor();
    await dialog.getByText('2 h', { exact: true }).waitFor();
    await picture(page, 'dora-deployment');
    const shared = page.url();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await page.goto(shared);
    await dialog.getByText('Why it counts as failed').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  test('leads from a bucket of a chart to its deployments, by keyboard', async () => {
    const { page } = visit;
    await page.goto(`${tab}?period=7d&interval=day&timezone=UTC`);
    const buckets = page.getByRole('group', { name: 'Deployments: periods' });
    await buckets.getByRole('button').last().focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    const name = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? '',
    );
    assert.match(name, /not a whole period: \d+ deployments?, \d+ successful/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Only .*day, / }).waitFor();
    assert.match(page.url(), /bucket=/);
  });

  test('has the numbers in a file', async () => {
    const { page } = visit;
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    assert.match(file.suggestedFilename(), /^dora-component-default-waymark/);
  });

  test('caused no errors and called nobody else', () => {
    assert.deepEqual(visit.complaints, []);
    assert.deepEqual(visit.strangers, []);
  });
});
