import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { splitCode } from './splitCode';
import { TemplateOutputs } from './TemplateOutputs';

const CLONE =
  'git clone http://localhost:7007/api/git/team-payments/orders.git\ncd orders';

const output = {
  links: [
    { title: 'Open in the catalog', entityRef: 'component:default/orders' },
    { title: 'Docs', url: '/docs/default/component/orders' },
    { title: 'Repository', url: 'https://git.example.com/payments/orders' },
  ],
  text: [
    {
      title: 'orders is deployed',
      content: `**Clone it**\n\n\`\`\`bash\n${CLONE}\n\`\`\`\n\n[Create an access token](/git/tokens) first.`,
    },
  ],
};

function render() {
  renderInTestApp(<TemplateOutputs output={output} />, {
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('TemplateOutputs', () => {
  it('links to what was made', async () => {
    render();
    expect(
      await screen.findByRole('link', { name: 'Open in the catalog' }),
    ).toHaveAttribute('href', '/catalog/default/component/orders');
    expect(screen.getByRole('link', { name: 'Docs' })).not.toHaveAttribute(
      'target',
    );
    expect(screen.getByRole('link', { name: 'Repository' })).toHaveAttribute(
      'target',
      '_blank',
    );
    expect(screen.getByRole('link', { name: /access token/ })).toHaveAttribute(
      'href',
      '/git/tokens',
    );
  });

  it('copies commands as they are', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    render();
    await user.click(await screen.findByRole('button', { name: 'Copy' }));
    expect(write).toHaveBeenCalledWith(CLONE);
    expect(screen.getByRole('button', { name: 'Copied' })).toBeVisible();
  });
});

describe('splitCode', () => {
  it('takes fenced blocks out and keeps the order', () => {
    expect(splitCode('one\n\n```bash\ntwo\n```\nthree')).toEqual([
      { type: 'prose', text: 'one\n\n' },
      { type: 'code', text: 'two' },
      { type: 'prose', text: '\nthree' },
    ]);
  });

  it('leaves an open fence as it is', () => {
    expect(splitCode('```bash\ntwo')).toEqual([
      { type: 'prose', text: '```bash\ntwo' },
    ]);
  });
});
