import { screen } from '@testing-library/react';
import { FakeDora } from '../../__testUtils__';
import { renderDora } from '../../__testUtils__/renderDora';
import { InboxPage } from './InboxPage';

// Apart from the other tests: verdicts about permissions are kept for the life of a page.
describe('InboxPage for who may not replay', () => {
  it('shows why events do not count, and offers no replay', async () => {
    const api = new FakeDora([], {
      inbox: [
        {
          kind: 'event',
          id: '12',
          source: 'github',
          receivedAt: '2026-03-02T10:00:00Z',
          state: 'unmatched',
          reason: 'No entity has the annotation',
        },
      ],
    });
    renderDora(<InboxPage />, { api, allowed: false });
    expect(
      await screen.findByText('No entity has the annotation'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: /Replay/ })).toBeNull();
  });
});
