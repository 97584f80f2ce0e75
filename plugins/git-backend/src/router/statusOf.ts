const STATUS: Readonly<Record<string, number>> = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  SlowClientError: 408,
  ConflictError: 409,
  TooLargeError: 413,
  TooManyFailuresError: 429,
  ServiceUnavailableError: 503,
};

/**
 * The HTTP status of an error.
 * @internal
 */
export function statusOf(error: Error): number {
  return STATUS[error.name] ?? 500;
}
