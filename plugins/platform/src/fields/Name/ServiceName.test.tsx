import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakePlatform,
  PAYMENTS,
  renderField,
  validate,
} from '../__testUtils__';
import { nameField } from './nameField';
import { ServiceName } from './ServiceName';

describe('WaymarkServiceName', () => {
  const field = { Component: ServiceName, name: 'name', title: 'Name' };
  const withOwner = { ...field, form: { owner: PAYMENTS } };

  it('says at once what is wrong with the format', async () => {
    const { platform } = renderField(withOwner);
    const input = await screen.findByRole('textbox', { name: /Name/ });
    await userEvent.type(input, 'Ab');
    expect(await screen.findByText(/use lower-case letters/)).toBeVisible();
    expect(input).toBeInvalid();
    expect(input).toHaveAccessibleDescription(/use lower-case letters/);
    expect(platform.dryRun).not.toHaveBeenCalled();
  });

  it('says in the words of the platform that a name is taken', async () => {
    renderField(withOwner);
    await userEvent.type(await screen.findByRole('textbox'), 'checkout');
    expect(
      await screen.findByText(
        'The name "checkout" is taken: component:default/checkout belongs to group:default/team-payments. Choose another name.',
      ),
    ).toBeVisible();
    expect(screen.getByRole('textbox')).toBeInvalid();
  });

  it('says that a name is free, once the typing pauses', async () => {
    const { platform, values } = renderField(withOwner);
    await userEvent.type(await screen.findByRole('textbox'), 'orders');
    expect(await screen.findByText(/"orders" is free/)).toBeVisible();
    expect(platform.dryRun).toHaveBeenCalledTimes(2);
    expect(values[values.length - 1]).toBe('orders');
  });

  it('says so when it cannot ask', async () => {
    renderField(
      withOwner,
      fakePlatform({ dryRun: () => Promise.reject(new Error('No answer.')) }),
    );
    await userEvent.type(await screen.findByRole('textbox'), 'orders');
    expect(await screen.findByText(/is not known: No answer\./)).toBeVisible();
  });

  it('is checked again when the person goes on', async () => {
    expect(await validate(nameField, 'orders')).toEqual([]);
    expect(await validate(nameField, '-a')).toEqual([
      expect.stringContaining('not a valid name'),
    ]);
    expect(
      await validate(nameField, 'checkout', { form: { owner: PAYMENTS } }),
    ).toEqual([expect.stringContaining('is taken')]);
  });
});
