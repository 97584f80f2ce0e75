import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeDora, makeEvents } from '../../__testUtils__';
import { renderDora } from '../../__testUtils__/renderDora';
import { Dashboard } from '../Dashboard';

const CHECKOUT = {
  kind: 'service',
  ref: 'component:default/checkout',
} as const;

function open(path: string) {
  renderDora(<Dashboard scope={CHECKOUT} />, {
    api: new FakeDora(makeEvents(Date.now())),
    path,
  });
}

describe('CompareSection', () => {
  it('shows what the address names beside the own metrics', async () => {
    open('/?section=compare&compare=component:default/payment-gateway');
    const table = await screen.findByRole('table', {
      name: 'The five metrics side by side',
    });
    const names = within(table).getAllByRole('rowheader');
    expect(names.map(each => each.textContent)).toEqual([
      'checkoutservice',
      'payment-gatewayservice',
    ]);
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Remove payment-gateway from the comparison',
      }),
    );
    expect(await screen.findByText(/Choose up to 5/)).toBeVisible();
  });

  it('takes five at most', async () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map(
      name => `component:default/${name}`,
    );
    open(`/?section=compare&compare=${five.join()}`);
    expect(
      await screen.findByRole('combobox', { name: /Name/ }),
    ).toBeDisabled();
    expect(
      screen.getAllByRole('button', { name: /from the comparison$/ }),
    ).toHaveLength(5);
  });
});
