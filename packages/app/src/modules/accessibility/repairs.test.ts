import { repairMarkup } from './repairs';

function repaired(html: string): HTMLElement {
  document.body.innerHTML = html;
  repairMarkup(document.body);
  return document.body;
}

describe('repairMarkup', () => {
  it('leaves the button that sorts a column as the only one in its heading', () => {
    const body = repaired(
      '<table><tr><th><span role="button" tabindex="0"><div data-rbd-draggable-id="1" role="button" tabindex="0">Name</div></span></th></tr></table>',
    );

    expect(body.querySelectorAll('[tabindex]')).toHaveLength(1);
    expect(body.querySelector('div')).not.toHaveAttribute('role');
  });

  it('keeps a tab’s reference to a panel that exists', () => {
    const body = repaired(
      '<a role="tab" aria-controls="here"></a><a role="tab" aria-controls="gone"></a><div id="here"></div>',
    );

    const [first, second] = body.querySelectorAll('a');
    expect(first).toHaveAttribute('aria-controls', 'here');
    expect(second).not.toHaveAttribute('aria-controls');
  });

  it('takes list items without a list for what they are', () => {
    const body = repaired(
      '<div><li class="MuiListItem-root">One</li></div><ul><li class="MuiListItem-root">Two</li></ul>',
    );

    expect(body.querySelector('div > li')).toHaveAttribute('role', 'none');
    expect(body.querySelector('ul > li')).not.toHaveAttribute('role');
  });

  it('names a filter by what stands above it', () => {
    const body = repaired(
      '<div><p>Relations</p><div><input aria-autocomplete="list" /></div></div>',
    );

    expect(body.querySelector('input')).toHaveAccessibleName('Relations');
  });

  it('leaves the stack out of an error’s details', () => {
    const body = repaired(
      ['Message', 'Stack Trace']
        .map(
          title =>
            `<ul><li class="MuiListItem-root MuiListItem-alignItemsFlexStart"><p class="MuiListItemText-primary">${title}</p></li></ul>`,
        )
        .join(''),
    );

    expect(body.querySelector('ul:first-child li')).toBeVisible();
    expect(body.querySelector('ul:last-child li')).not.toBeVisible();
  });

  it('names the buttons of a log', () => {
    const button = '<button class="MuiIconButton-sizeSmall"></button>';
    const body = repaired(
      `<div>${button}<p class="MuiTypography-root">1/3</p>${button}<input />${button}</div>`,
    );

    const names = [...body.querySelectorAll('button')].map(
      b => b.ariaLabel ?? b.getAttribute('aria-label'),
    );
    expect(names).toEqual([
      'Previous match',
      'Next match',
      'Show matching lines only',
    ]);
  });
});
