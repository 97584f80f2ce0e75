import { CustomErrorBase } from '@backstage/errors';

/**
 * Thrown where a comparison cannot be had until somebody changes something; the
 * message says what.
 * @public
 */
export class ChangesUnavailableError extends CustomErrorBase {
  name = 'ChangesUnavailableError' as const;
}

/**
 * Thrown where the provider asks to wait: the host is left alone until then,
 * and the attempt does not count.
 * @public
 */
export class ChangesDelayedError extends CustomErrorBase {
  name = 'ChangesDelayedError' as const;

  constructor(
    message: string,
    /** Milliseconds since 1970. */
    readonly until: number,
  ) {
    super(message);
  }
}
