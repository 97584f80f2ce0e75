import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakePlatform,
  offerings,
  PAYMENTS,
  STOREFRONT,
  renderField,
  validate,
} from '../__testUtils__';
import { Team } from './Team';
import { teamField } from './teamField';

describe('WaymarkTeam', () => {
  const field = { Component: Team, name: 'owner', title: 'Team' };

  it('offers the teams of the person by their titles', async () => {
    const { values } = renderField(field);
    await userEvent.click(await screen.findByRole('button', { name: /Team/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Storefront' }),
    );
    expect(values).toEqual([STOREFRONT]);
  });

  it('chooses the only team', async () => {
    const { values } = renderField(
      field,
      fakePlatform({ getOfferings: async () => offerings([PAYMENTS]) }),
    );
    await waitFor(() => expect(values).toEqual([PAYMENTS]));
  });

  it('says what to do without a team', async () => {
    renderField(
      field,
      fakePlatform({ getOfferings: async () => offerings([]) }),
    );
    expect(await screen.findByText('You are in no team')).toBeVisible();
  });

  it('tries again after a failure', async () => {
    const getOfferings = jest
      .fn()
      .mockRejectedValueOnce(new Error('The portal is starting.'))
      .mockResolvedValue(offerings());
    renderField(field, fakePlatform({ getOfferings }));
    expect(await screen.findByText('The portal is starting.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: /Team/ })).toBeVisible();
  });

  it('refuses a team that the person is not in', async () => {
    expect(await validate(teamField, PAYMENTS)).toEqual([]);
    expect(await validate(teamField, 'group:default/team-logistics')).toEqual([
      expect.stringContaining('You are not in group:default/team-logistics'),
    ]);
  });
});
