import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakePlatform,
  PAYMENTS,
  renderField,
  validate,
} from '../__testUtils__';
import { Plan } from './Plan';
import { planField } from './planField';

describe('WaymarkPlan', () => {
  const field = { Component: Plan, name: 'plan', title: 'What will be made' };
  const form = {
    name: 'orders',
    owner: PAYMENTS,
    environments: ['development'],
    size: 'small',
  };

  it('says what will be made, and keeps it for the review', async () => {
    const { values } = renderField({ ...field, form });
    expect(
      await screen.findByText(/Namespace orders-development with a quota of 2/),
    ).toBeVisible();
    expect(screen.getByText(/containers are not started/)).toBeVisible();
    expect(values).toHaveLength(1);
    expect(values[0]).toContainEqual(
      expect.stringContaining('Repository team-payments/orders'),
    );
  });

  it('says what refuses it, and lets nobody go on', async () => {
    const taken = { ...form, name: 'checkout' };
    renderField({ ...field, form: taken });
    expect(await screen.findByText(/is taken/)).toBeVisible();
    expect(await validate(planField, [], { form: taken })).toEqual([
      expect.stringContaining('is taken'),
    ]);
  });

  it('tries again when the platform could not be asked', async () => {
    const platform = fakePlatform();
    platform.dryRun.mockRejectedValueOnce(new Error('No answer.'));
    renderField({ ...field, form }, platform);
    expect(await screen.findByText('No answer.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/Component orders/)).toBeVisible();
  });
});
