const MAX_DEPTH = 8;

/**
 * The navigation of a docs site, reduced to pages inside the docs folder and links to the web.
 * Each entry that is left out is reported in a sentence.
 *
 * @internal
 */
export function safeNav(
  nav: unknown,
  report: (sentence: string) => void,
): unknown[] | undefined {
  if (!Array.isArray(nav)) {
    report('"nav" is left out. It must be a list of pages.');
    return undefined;
  }
  const entries = readList(nav, report, 0);
  return entries.length > 0 ? entries : undefined;
}

function readList(
  list: readonly unknown[],
  report: (sentence: string) => void,
  depth: number,
): unknown[] {
  if (depth > MAX_DEPTH) {
    report(
      `"nav" is nested deeper than ${MAX_DEPTH} levels; the rest is left out.`,
    );
    return [];
  }
  return list.flatMap(entry => readEntry(entry, report, depth));
}

function readEntry(
  entry: unknown,
  report: (sentence: string) => void,
  depth: number,
): unknown[] {
  if (typeof entry === 'string') {
    return isSafeTarget(entry) ? [entry] : refuse(entry, report);
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return refuse(entry, report);
  }
  return Object.entries(entry).flatMap(([title, target]): unknown[] => {
    if (Array.isArray(target)) {
      const children = readList(target, report, depth + 1);
      return children.length > 0 ? [{ [title]: children }] : [];
    }
    return typeof target === 'string' && isSafeTarget(target)
      ? [{ [title]: target }]
      : refuse(target, report);
  });
}

function refuse(target: unknown, report: (sentence: string) => void): [] {
  report(
    `the "nav" entry ${JSON.stringify(
      target,
    )} is left out. An entry is a page inside the docs folder or an http(s) link.`,
  );
  return [];
}

function isSafeTarget(target: string): boolean {
  if (/^(https?:\/\/|mailto:)/i.test(target)) {
    return true;
  }
  return (
    !target.startsWith('/') &&
    !target.includes('\\') &&
    !target.includes('\0') &&
    !/^[a-z][a-z0-9+.-]*:/i.test(target) &&
    !target.split('/').includes('..')
  );
}
