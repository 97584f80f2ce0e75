import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakePlatform,
  PAYMENTS,
  renderField,
  validate,
} from '../__testUtils__';
import { Size } from './Size';
import { sizeField } from './sizeField';

describe('WaymarkSize', () => {
  const field = { Component: Size, name: 'size', title: 'Size' };
  const form = {
    name: 'orders',
    owner: PAYMENTS,
    environments: ['development', 'staging'],
  };

  it('says what each size means, and which is not offered where', async () => {
    const { values } = renderField({
      ...field,
      form: { ...form, size: 'small' },
    });
    const small = await screen.findByRole('radio', { name: /small/ });
    expect(small).toBeChecked();
    expect(screen.getByText(/2 vCPU, 4 GB memory, 10 pods/)).toBeVisible();
    expect(screen.getByRole('radio', { name: /medium/ })).toBeDisabled();
    expect(
      screen.getAllByText(/Not offered to your team in .*staging/).length,
    ).toBe(3);
    expect(values).toEqual([]);
  });

  it('is chosen with the keyboard', async () => {
    const { values } = renderField({
      ...field,
      form: { ...form, environments: ['development'], size: 'small' },
    });
    await screen.findByRole('radio', { name: /small/ });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    expect(values).toEqual(['medium']);
  });

  it('says what failed', async () => {
    renderField(
      field,
      fakePlatform({ getOfferings: () => Promise.reject(new Error('Down.')) }),
    );
    expect(await screen.findByText('Down.')).toBeVisible();
  });

  it('refuses a size over the limit in the words of the platform', async () => {
    expect(await validate(sizeField, 'small', { form })).toEqual([]);
    expect(await validate(sizeField, 'medium', { form })).toEqual([
      'Size "medium" is over the limit. Allowed for group:default/team-payments in staging: small.',
    ]);
  });
});
