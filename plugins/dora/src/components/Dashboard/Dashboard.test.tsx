import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeDora, makeEvents } from '../../__testUtils__';
import { renderDora } from '../../__testUtils__/renderDora';
import type { DoraApi } from '../../api';
import { ORGANISATION, type Scope } from '../../scope';
import { Dashboard } from './Dashboard';

const CHECKOUT: Scope = { kind: 'service', ref: 'component:default/checkout' };
const NOW = Date.now();

function open(
  path = '/',
  options: { scope?: Scope; api?: DoraApi; allowed?: boolean } = {},
) {
  const { scope = CHECKOUT, allowed } = options;
  const api = options.api ?? new FakeDora(makeEvents(NOW));
  renderDora(<Dashboard scope={scope} />, { api, path, allowed });
  return api;
}

const card = (name: string) => screen.findByRole('region', { name });
const address = () => screen.getByTestId('address').textContent;

describe('Dashboard', () => {
  it('shows the five metrics with value, level and change in words', async () => {
    open();
    const frequency = await card('Deployment frequency');
    expect(
      within(frequency).getByRole('button', { name: /per (day|week)/ }),
    ).toBeVisible();
    expect(within(frequency).getByText(/Level \d of 6/)).toBeVisible();
    expect(within(frequency).getByText(/DORA 2026/)).toBeVisible();
    expect(
      within(frequency).getByText(/^(Better|Worse|Unchanged)$/),
    ).toBeVisible();
    for (const name of [
      'Change lead time',
      'Change fail rate',
      'Failed deployment recovery time',
      'Deployment rework rate',
    ]) {
      expect((await card(name)).textContent).toMatch(
        /Better|Worse|Unchanged|No comparison/,
      );
    }
  });

  it('leads from a number to what made it, and back', async () => {
    open();
    const rate = await card('Change fail rate');
    await userEvent.click(within(rate).getByRole('button'));
    const heading = screen.getByRole('heading', { name: 'Deployments' });
    await waitFor(() => expect(heading).toHaveFocus());
    expect(address()).toContain('section=deployments&show=failed');

    const rows = await screen.findAllByRole('button', { name: /details/ });
    await userEvent.click(rows[0]);
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText('Why it counts as failed'),
    ).toBeVisible();
    expect(
      within(dialog).getAllByRole('link', { name: /^Commit [0-9a-f]{8}$/ })[0],
    ).toHaveAttribute('href', expect.stringContaining('/commit/'));
    expect(address()).toContain('deployment=');
    await userEvent.click(
      within(dialog).getAllByRole('button', { name: 'Close' })[0],
    );
    await waitFor(() => expect(address()).not.toContain('deployment='));
  });

  it('says which recoveries the list of failures leaves out, and isolates titles', async () => {
    const title = '\u202eegalevart';
    const events = makeEvents(NOW).map(event =>
      event.kind === 'incident' ? { ...event, title } : event,
    );
    open('/?section=deployments&show=recovery', { api: new FakeDora(events) });
    expect(
      await screen.findByText(/recovery time also counts failures that/),
    ).toBeVisible();
    const [name] = await screen.findAllByText(title);
    expect(name.tagName).toBe('BDI');
  });

  it('leads from a bucket of a chart to its deployments, by keyboard', async () => {
    open('/?period=90d&interval=week&timezone=UTC');
    const buckets = await screen.findByRole('group', {
      name: 'Deployments: periods',
    });
    const all = within(buckets).getAllByRole('button');
    act(() => all[all.length - 1].focus());
    await userEvent.keyboard('{ArrowLeft}');
    const chosen = all[all.length - 2];
    expect(chosen).toHaveFocus();
    expect(chosen).toHaveAccessibleName(
      /^Week \d+, .*: \d+ deployments?, \d+ successful, \d+ failed$/,
    );
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByRole('button', { name: /^Only Week \d+.*/ }),
    ).toBeVisible();
    expect(address()).toMatch(/bucket=2\d{3}-/);
  });

  it('has the table behind each chart', async () => {
    open('/?interval=month');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show as table: Change lead time',
      }),
    );
    const table = screen.getByRole('table', {
      name: 'Change lead time, by period',
    });
    expect(
      within(table).getByRole('columnheader', { name: '90th percentile' }),
    ).toBeVisible();
    expect(within(table).getAllByRole('row').length).toBeGreaterThan(3);
  });

  it('says how to send the first event, with a command for this service', async () => {
    open('/', { api: new FakeDora([]) });
    const command = await screen.findByRole('group', {
      name: 'the command that sends a deployment',
    });
    expect(command).toHaveTextContent(
      'curl -X POST http://localhost:7007/api/dora/v1/deployments',
    );
    const json = /-d '(.*)'/.exec(command.textContent ?? '')?.[1];
    expect(JSON.parse(json!)).toMatchObject({
      service: 'component:default/checkout',
      environment: 'production',
      status: 'success',
    });
    expect(screen.queryByText('No data')).toBeNull();
  });

  it('says what is wrong in the address, and leads back', async () => {
    open('/?interval=hour');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /"interval" is "hour"/,
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the last 90 days' }),
    );
    expect(await card('Change fail rate')).toBeVisible();
    expect(address()).toBe('');
  });

  it('says what failed, and tries again on request', async () => {
    const api = new FakeDora(makeEvents(NOW));
    jest
      .spyOn(api, 'getMetrics')
      .mockRejectedValueOnce(new Error('The database is away'));
    open('/', { api });
    expect(await screen.findByText('The database is away')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await card('Change fail rate')).toBeVisible();
  });

  it('says that sample data is sample data, and removes it after a question', async () => {
    const api = new FakeDora(makeEvents(NOW), { sample: true });
    const removeSamples = jest.spyOn(api, 'removeSamples');
    open('/', { api, scope: ORGANISATION });
    expect(await screen.findByText('This is sample data')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove the sample data' }),
    );
    expect(removeSamples).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(removeSamples).toHaveBeenCalled());
    expect(await screen.findByText('No deployments yet')).toBeVisible();
  });

  it('says that data is missing and why, and never zero instead', async () => {
    const [first] = makeEvents(NOW).filter(
      event => event.kind === 'deployment' && event.status === 'success',
    );
    open('/?period=7d', {
      api: new FakeDora([
        {
          ...first,
          service: 'component:default/checkout',
          finishedAt: new Date(NOW - 60_000).toISOString(),
          changes: undefined,
        } as typeof first,
      ]),
    });
    const frequency = await card('Deployment frequency');
    expect(
      within(frequency).getByRole('button', { name: /^1 deployment so far:/ }),
    ).toBeVisible();
    expect(
      within(frequency).getByText(/^Observed for 1 min.*needs a day$/),
    ).toBeVisible();
    expect(frequency).not.toHaveTextContent(/per day, |Level|no levels/);
    const lead = await card('Change lead time');
    expect(within(lead).getByText('No data')).toBeVisible();
    expect(within(lead).getByText(/No change is known/)).toBeVisible();
    expect(within(lead).queryByRole('button')).toBeNull();
    const rate = await card('Change fail rate');
    expect(
      within(rate).getByRole('list', { name: 'What weakens this number' }),
    ).toBeVisible();
  });
});
