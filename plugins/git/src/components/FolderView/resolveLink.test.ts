import { resolveLink } from './resolveLink';

describe('resolveLink', () => {
  it.each([
    ['https://example.com/a', 'https://example.com/a'],
    ['#usage', '#usage'],
    ['index.md', '/src/docs/index.md'],
    ['./a%20b.md#top', '/src/docs/a b.md#top'],
    ['../README.md', '/src/README.md'],
    ['../../../etc/passwd', '/src/etc/passwd'],
    ['/LICENSE', '/src/LICENSE'],
    // eslint-disable-next-line no-script-url
    ['javascript:alert(1)', ''],
    ['data:text/html,x', ''],
    ['//example.com', ''],
    ['', ''],
  ])('resolves %s', (href, expected) => {
    expect(resolveLink(href, 'docs', path => `/src/${path}`)).toBe(expected);
  });
});
