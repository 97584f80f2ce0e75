import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PAYMENTS, renderField, validate } from '../__testUtils__';
import { Environments } from './Environments';
import { environmentsField } from './environmentsField';

describe('WaymarkEnvironments', () => {
  const field = {
    Component: Environments,
    name: 'environments',
    title: 'Environments',
  };
  const form = { name: 'orders', owner: PAYMENTS };

  it('has development always, and offers what the team may have', async () => {
    const { values } = renderField({ ...field, form });
    const development = await screen.findByRole('checkbox', {
      name: /development/,
    });
    await waitFor(() => expect(development).toBeChecked());
    expect(screen.getByRole('checkbox', { name: /production/ })).toBeDisabled();
    await userEvent.click(development);
    await userEvent.click(screen.getByRole('checkbox', { name: /staging/ }));
    expect(development).toBeChecked();
    expect(values[values.length - 1]).toEqual(['development', 'staging']);
  });

  it('refuses an environment that is not offered', async () => {
    expect(
      await validate(environmentsField, ['production'], {
        form: { ...form, environments: ['production'] },
      }),
    ).toEqual([
      expect.stringContaining('may not have a Namespace in production'),
    ]);
  });
});
