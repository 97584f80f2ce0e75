import { ResponseError } from '@backstage/errors';

/**
 * Says in a sentence why sign-in did not work and what to do.
 *
 * @internal
 */
export function explain(error: Error): string {
  if (error instanceof ResponseError) {
    if (
      error.statusCode === 404 &&
      /auth provider/i.test(error.cause.message)
    ) {
      return 'Sign-in without a password is off on this portal. Ask the platform team to set app.signIn.providers.';
    }
    return `${error.cause.message}.`.replace(/\.\.$/, '.');
  }
  // What fetch rejects with when nothing answers.
  if (error.name === 'TypeError') {
    return 'The portal’s backend does not answer. Check that it is running, then try again.';
  }
  return error.message;
}
