const PART = '[A-Za-z0-9](?:[-\\w.]*[A-Za-z0-9])?';
const REF = new RegExp(`^(?:component:)?(?:(${PART})/)?(${PART})$`, 'i');

/**
 * The full, lower-case entity reference of a Component, from a full or a
 * short one (`checkout`, `default/checkout`); undefined where it is none.
 * @public
 */
export function normaliseServiceRef(ref: string): string | undefined {
  if (ref.length > 200) {
    return undefined;
  }
  const match = REF.exec(ref);
  if (!match || match[2].length > 63 || (match[1]?.length ?? 0) > 63) {
    return undefined;
  }
  return `component:${match[1] ?? 'default'}/${match[2]}`.toLowerCase();
}

/** The name of an environment without case, which tells none apart. @public */
export function normaliseEnvironment(name: string): string {
  return name.toLowerCase();
}
