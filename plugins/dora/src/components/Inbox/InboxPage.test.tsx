import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeDora } from '../../__testUtils__';
import { renderDora } from '../../__testUtils__/renderDora';
import type { InboxItem } from '../../api';
import { InboxPage } from './InboxPage';

const item: InboxItem = {
  kind: 'event',
  id: '12',
  source: 'github',
  receivedAt: '2026-03-02T10:00:00Z',
  state: 'unmatched',
  reason: 'No entity has the annotation github.com/project-slug: shop/checkout',
  excerpt: '{"id":"run-1"}',
};

function open() {
  const api = new FakeDora([], { inbox: [item] });
  const replay = jest.spyOn(api, 'replay');
  renderDora(<InboxPage />, { api });
  return { replay, api };
}

describe('InboxPage', () => {
  it('shows why events do not count, and replays them for who may', async () => {
    const { replay } = open();
    expect(
      await screen.findByText(/No entity has the annotation/),
    ).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Replay Event 12' }),
    );
    await waitFor(() =>
      expect(replay).toHaveBeenCalledWith(
        expect.objectContaining({ kind: 'event', id: '12' }),
      ),
    );
  });

  it('says why a replay failed', async () => {
    const { replay } = open();
    replay.mockRejectedValue(new Error('The catalog does not answer'));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Replay Event 12' }),
    );
    expect(
      await screen.findByText('The catalog does not answer'),
    ).toBeVisible();
  });

  it('says that nothing waits', async () => {
    open();
    await userEvent.click(
      await screen.findByRole('radio', { name: 'Pending' }),
    );
    expect(await screen.findByText('Nothing is waiting.')).toBeVisible();
  });
});
