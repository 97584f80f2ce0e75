import { CustomErrorBase } from '@backstage/errors';

/**
 * Thrown when a client left before it had its answer; nobody is there to answer, and nothing is wrong here.
 * @internal
 */
export class ClientGoneError extends CustomErrorBase {
  name = 'ClientGoneError' as const;
}

/**
 * Thrown when a client takes longer than it may; answered with 408.
 * @internal
 */
export class SlowClientError extends CustomErrorBase {
  name = 'SlowClientError' as const;
  readonly statusCode = 408;
}
