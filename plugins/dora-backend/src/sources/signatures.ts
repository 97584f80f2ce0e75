import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header's value; undefined where it is missing or was sent more than once. @internal */
export function singleHeader(
  headers: IncomingHttpHeaders,
  name: string,
): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** SHA-256 of the body in hexadecimal: what a delivery is called whose sender does not name it. @internal */
export function bodyHash(rawBody: Buffer): string {
  return `sha256:${createHash('sha256').update(rawBody).digest('hex')}`;
}

/**
 * Whether one of the signatures is the body's HMAC-SHA-256, in lower-case
 * hexadecimal, under one of the secrets. All pairs are compared, so that the
 * time tells nothing about which one fits.
 * @internal
 */
export function hasValidHmac(options: {
  readonly rawBody: Buffer;
  readonly signatures: readonly string[];
  readonly secrets: readonly string[];
}): boolean {
  const given = options.signatures
    .filter(signature => /^[0-9a-f]{64}$/.test(signature))
    .map(signature => Buffer.from(signature, 'hex'));
  let valid = false;
  for (const secret of options.secrets.filter(Boolean)) {
    const expected = createHmac('sha256', secret)
      .update(options.rawBody)
      .digest();
    for (const signature of given) {
      if (timingSafeEqual(expected, signature)) valid = true;
    }
  }
  return valid;
}

/**
 * Whether the token is one of the secrets. Digests are compared, which are
 * equally long for any token, so that the time tells not even the length.
 * @internal
 */
export function hasValidToken(
  token: string | undefined,
  secrets: readonly string[],
): boolean {
  if (!token) return false;
  const digest = (value: string) => createHash('sha256').update(value).digest();
  const given = digest(token);
  let valid = false;
  for (const secret of secrets.filter(Boolean)) {
    if (timingSafeEqual(given, digest(secret))) valid = true;
  }
  return valid;
}

/** The token of `Authorization: Bearer <token>`. @internal */
export function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  const match = /^Bearer ([^\s]+)$/i.exec(
    singleHeader(headers, 'authorization') ?? '',
  );
  return match?.[1];
}
