/** Waits that providers name are believed up to this long. */
const LONGEST_MS = 2 * 3_600_000;
/** GitHub asks for a minute where a secondary limit names no time. */
const UNNAMED_MS = 60_000;

/**
 * Until when a response asks to leave the host alone, in milliseconds since
 * 1970; undefined where it does not. Understands `Retry-After`, GitHub's
 * `X-RateLimit-*` and GitLab's `RateLimit-*`.
 * @internal
 */
export function askedToWaitUntil(
  response: { status: number; headers: Headers; text: string },
  now: number,
): number | undefined {
  const { status, headers, text } = response;
  const limited =
    status === 429 ||
    (status === 403 &&
      (headers.has('retry-after') ||
        isUsedUp(headers) ||
        /rate limit/i.test(text))) ||
    (status === 503 && headers.has('retry-after'));
  if (!limited) return undefined;
  return bounded(
    retryAfter(headers, now) ?? reset(headers) ?? now + UNNAMED_MS,
    now,
  );
}

/**
 * Until when the next request has to wait after one that was answered: the last
 * of the allowance is used up.
 * @internal
 */
export function allowanceReturnsAt(
  headers: Headers,
  now: number,
): number | undefined {
  const at = isUsedUp(headers) ? reset(headers) : undefined;
  return at !== undefined && at > now ? bounded(at, now) : undefined;
}

function isUsedUp(headers: Headers): boolean {
  return first(headers, 'x-ratelimit-remaining', 'ratelimit-remaining') === '0';
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(headers: Headers, now: number): number | undefined {
  const value = first(headers, 'retry-after');
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return now + Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date;
}

/** Seconds since 1970, with GitHub and GitLab alike. */
function reset(headers: Headers): number | undefined {
  const value = first(headers, 'x-ratelimit-reset', 'ratelimit-reset');
  return value !== undefined && /^\d+$/.test(value)
    ? Number(value) * 1_000
    : undefined;
}

function bounded(at: number, now: number): number {
  return Math.min(Math.max(at, now + 1_000), now + LONGEST_MS);
}

function first(headers: Headers, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = headers.get(name)?.trim();
    if (value) return value;
  }
  return undefined;
}
