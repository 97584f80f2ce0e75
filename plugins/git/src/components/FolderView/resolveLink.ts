/**
 * Where a link of a README leads: another site, a heading, or a file of the repository.
 * Anything that a browser would run is dropped.
 * @internal
 */
export function resolveLink(
  href: string,
  folder: string,
  sourceOf: (path: string) => string,
): string {
  if (/^(https?:|mailto:)/i.test(href) || href.startsWith('#')) {
    return href;
  }
  if (
    href === '' ||
    /^[a-z][a-z0-9+.-]*:/i.test(href) ||
    href.startsWith('//')
  ) {
    return '';
  }
  const [path, anchor] = href.split('#');
  const parts = href.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const part of decode(path).split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part && part !== '.') {
      parts.push(part);
    }
  }
  return `${sourceOf(parts.join('/'))}${anchor ? `#${anchor}` : ''}`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
