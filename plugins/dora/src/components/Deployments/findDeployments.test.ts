import { FakeDora, makeEvents } from '../../__testUtils__';
import { ORGANISATION } from '../../scope';
import type { Show } from '../../view';
import { findDeployments } from './findDeployments';

const NOW = Date.parse('2026-03-10T00:00:00Z');
const WINDOW = {
  scope: ORGANISATION,
  from: new Date(NOW - 180 * 86_400_000).toISOString(),
  to: new Date(NOW).toISOString(),
};

async function find(shown: Show) {
  const api = new FakeDora(makeEvents(NOW));
  const asked = jest.spyOn(api, 'getDeployments');
  const { signal } = new AbortController();
  const page = await findDeployments(api, { ...WINDOW, shown }, signal);
  expect(asked).toHaveBeenCalledTimes(1);
  return { page, asked: asked.mock.calls[0][0] };
}

describe('findDeployments', () => {
  it.each([
    ['all', undefined],
    ['changes', undefined],
    ['failed', 'failed'],
    ['recovery', 'failed'],
    ['rework', 'rework'],
  ] as const)('asks once for %s, of the server', async (shown, show) => {
    const { page, asked } = await find(shown);
    expect(asked).toMatchObject({ show, limit: 50 });
    expect(page.items.length).toBeGreaterThan(0);
  });

  it('gives only those that belong to the metric', async () => {
    const { page: failed } = await find('failed');
    expect(failed.items.every(row => row.failed)).toBe(true);
    const { page: rework } = await find('rework');
    expect(rework.items.every(row => row.rework)).toBe(true);
    const { page: changes } = await find('changes');
    expect(changes.items.every(row => row.changes.samples > 0)).toBe(true);
  });
});
