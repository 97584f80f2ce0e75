interface Repair {
  /** What is wrong, in the markup of Backstage and of the libraries it uses. */
  readonly selector: string;
  readonly repair: (element: Element) => void;
}

/**
 * Each repair sets or removes an attribute that the library wrote once and does not update, so
 * that the two never fight. To be removed one by one as the libraries repair them.
 */
const REPAIRS: readonly Repair[] = [
  {
    // Tables let columns be dragged by a handle inside, or in place of, the button that sorts.
    selector: 'th [data-rbd-draggable-id][tabindex]',
    repair: handle => {
      handle.removeAttribute('tabindex');
      handle.removeAttribute('role');
      handle.removeAttribute('aria-describedby');
    },
  },
  {
    // Tabs that are links point at panels that do not exist.
    selector: '[role="tab"][aria-controls]',
    repair: tab => {
      const panel = tab.getAttribute('aria-controls');
      if (panel && !document.getElementById(panel)) {
        tab.removeAttribute('aria-controls');
      }
    },
  },
  {
    // Search results are list items without a list.
    selector: ':not(ul, ol, [role="list"]) > li.MuiListItem-root:not([role])',
    repair: item => item.setAttribute('role', 'none'),
  },
  {
    // The filters of the graph and some of the tables' have a heading instead of a label.
    selector: 'input[aria-autocomplete="list"]:not([aria-label])',
    repair: labelByHeading,
  },
  {
    // Swagger UI: the list of servers has a heading beside it.
    selector: '.swagger-ui select#servers:not([aria-label])',
    repair: select => select.setAttribute('aria-label', 'Server'),
  },
  {
    // Swagger UI: the summary of an operation is a button around a link to it.
    selector: '.swagger-ui .opblock-summary-control a[href]',
    repair: link => link.removeAttribute('href'),
  },
  {
    // The progress of a template's run.
    selector: '[role="progressbar"]:not([aria-label], [aria-labelledby])',
    repair: bar => bar.setAttribute('aria-label', 'Progress'),
  },
  {
    // The log of a template's run: steps between matches, and a filter, as icons only.
    selector:
      'button.MuiIconButton-sizeSmall:not([aria-label], [title], [aria-labelledby])',
    repair: button => {
      if (!button.textContent?.trim()) {
        button.setAttribute('aria-label', nameInLog(button));
      }
    },
  },
  {
    // An error's details end in the stack of the browser's own code, which helps nobody here.
    selector: 'li.MuiListItem-alignItemsFlexStart',
    repair: item => {
      const heading = item.querySelector('.MuiListItemText-primary');
      if (heading?.textContent === 'Stack Trace') {
        (item as HTMLElement).style.display = 'none';
      }
    },
  },
  {
    // A sentence goes on after this link to Backstage's documentation: the words stay.
    selector: '.bui-Alert a[href^="https://backstage.io/"]',
    repair: link => link.removeAttribute('href'),
  },
  {
    // Links in the text of a docs page differ from it by their colour alone, and the page's
    // styles stand in a shadow root that a theme does not reach.
    selector: '[data-testid="techdocs-native-shadowroot"]',
    repair: ({ shadowRoot }) => shadowRoot && underlineLinks(shadowRoot),
  },
  {
    // The line numbers of a log are links that call themselves rows of no table.
    selector: 'a[role="row"][href^="#line-"]',
    repair: link => link.removeAttribute('role'),
  },
  {
    // The menu on a phone: the cross that closes it.
    selector: '.MuiDrawer-paperAnchorBottom button.MuiIconButton-root',
    repair: button => {
      if (!button.textContent?.trim() && !button.hasAttribute('aria-label')) {
        button.setAttribute('aria-label', 'Close');
      }
    },
  },
];

/**
 * Applies every repair to what stands below an element.
 *
 * @internal
 */
export function repairMarkup(root: ParentNode): void {
  for (const { selector, repair } of REPAIRS) {
    root.querySelectorAll(selector).forEach(repair);
  }
}

function labelByHeading(input: Element): void {
  if ((input as HTMLInputElement).labels?.length) return;
  if (input.hasAttribute('aria-labelledby')) return;
  input.setAttribute('aria-label', textAbove(input) ?? 'Filter');
}

function textAbove(element: Element): string | undefined {
  for (let at = element.parentElement, steps = 0; at && steps < 6; steps++) {
    const text = at.textContent?.trim();
    if (text) return text;
    at = at.parentElement;
  }
  return undefined;
}

function nameInLog(button: Element): string {
  if (button.nextElementSibling?.matches('.MuiTypography-root')) {
    return 'Previous match';
  }
  if (button.previousElementSibling?.matches('.MuiTypography-root')) {
    return 'Next match';
  }
  return 'Show matching lines only';
}

let underlined: CSSStyleSheet | undefined;

function underlineLinks(root: ShadowRoot): void {
  if (!underlined) {
    underlined = new CSSStyleSheet();
    underlined.replaceSync(
      '.md-typeset :is(p, li, td) a:not(.headerlink) { text-decoration: underline; }',
    );
  }
  if (!root.adoptedStyleSheets.includes(underlined)) {
    root.adoptedStyleSheets.push(underlined);
  }
}
