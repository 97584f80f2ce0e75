import {
  parseEntityRef,
  stringifyEntityRef,
  UserEntity,
} from '@backstage/catalog-model';
import {
  AuthenticationError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  AuthResolverContext,
  createProxyAuthenticator,
  ProfileInfo,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import { isLoopbackHostHeader } from './loopback';
import { Person, STILL_LOADING } from './People';

/**
 * The header that names who signs in. No form and no plain cross-site request can set it, and a
 * script of another origin would have to ask first.
 *
 * @internal
 */
export const USER_HEADER = 'x-waymark-user';

/** @internal */
export interface LocalResult {
  readonly userEntityRef: string;
}

/**
 * Takes the person at their word: local mode is one person on one machine.
 *
 * @internal
 */
export const localAuthenticator = createProxyAuthenticator<
  void,
  LocalResult,
  undefined
>({
  initialize: () => undefined,
  async authenticate({ req }) {
    if (!isLoopbackHostHeader(req.headers.host)) {
      throw new AuthenticationError(
        'Sign-in without a password answers to localhost only; open the portal by its local address',
      );
    }
    return { result: { userEntityRef: readUser(req.headers[USER_HEADER]) } };
  },
  defaultProfileTransform: async (result, context) => ({
    profile: await readProfile(result, context),
  }),
});

/**
 * Issues the token of the person in the catalog, with the groups the person belongs to.
 *
 * @internal
 */
export function createLocalSignInResolver(options: {
  readonly people: () => Promise<Person[]>;
}): SignInResolver<LocalResult> {
  return async ({ result: { userEntityRef } }, context) => {
    try {
      return await context.signInWithCatalogUser({ entityRef: userEntityRef });
    } catch (error) {
      throw await explain(error, userEntityRef, options.people);
    }
  };
}

function readUser(header: string | string[] | undefined): string {
  if (typeof header !== 'string' || header === '') {
    throw new AuthenticationError(
      `The header ${USER_HEADER} must name who signs in, such as user:default/dev`,
    );
  }
  try {
    const ref = parseEntityRef(header, { defaultKind: 'User' });
    if (ref.kind.toLocaleLowerCase('en-US') === 'user') {
      return stringifyEntityRef(ref);
    }
  } catch {
    // Said below, in the same words as for another kind.
  }
  throw new InputError(
    `The header ${USER_HEADER} must be the entity reference of a user, such as user:default/dev`,
  );
}

async function readProfile(
  { userEntityRef }: LocalResult,
  context: AuthResolverContext,
): Promise<ProfileInfo> {
  try {
    const { entity } = await context.findCatalogUser({
      entityRef: userEntityRef,
    });
    const { profile } = (entity as UserEntity).spec;
    // A picture would be fetched from wherever the catalog says: local mode stays offline.
    return { displayName: profile?.displayName, email: profile?.email };
  } catch {
    // The sign-in resolver looks the person up next, and says what is wrong.
    return {};
  }
}

async function explain(
  error: unknown,
  userEntityRef: string,
  people: () => Promise<Person[]>,
): Promise<Error> {
  if (!(error instanceof Error) || error.name !== 'NotFoundError') {
    return new ServiceUnavailableError(STILL_LOADING, error);
  }
  try {
    const known = (await people()).map(({ ref }) => ref).join(', ');
    return new NotFoundError(
      `There is no ${userEntityRef} in the catalog; sign in as one of ${known}`,
    );
  } catch (stillLoading) {
    return stillLoading as Error;
  }
}
