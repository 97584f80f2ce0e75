import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import type { Request } from 'express';
import type { GitConfig } from '../config';
import type { Actor } from './Actor';
import { auditable } from './auditable';
import { FailureLimit } from './FailureLimit';
import type { Organisation } from './Organisation';
import { isSame, TOKEN_PREFIX, type TokenService } from './TokenService';

type Given =
  | { scheme: 'password'; username?: string; password: string }
  | { scheme: 'bearer' }
  | { scheme: 'none' };

/**
 * Finds out who makes a request: a personal access token or the portal's own account by HTTP Basic,
 * or a Backstage token.
 * @internal
 */
export class Authenticator {
  readonly #httpAuth: HttpAuthService;
  readonly #tokens: TokenService;
  readonly #organisation: Organisation;
  readonly #auditor: AuditorService;
  readonly #account: GitConfig['serviceAccount'];
  readonly #failures = new FailureLimit({ failures: 60, windowMs: 60_000 });

  constructor(options: {
    httpAuth: HttpAuthService;
    tokens: TokenService;
    organisation: Organisation;
    auditor: AuditorService;
    account: GitConfig['serviceAccount'];
  }) {
    this.#httpAuth = options.httpAuth;
    this.#tokens = options.tokens;
    this.#organisation = options.organisation;
    this.#auditor = options.auditor;
    this.#account = options.account;
  }

  /** @throws AuthenticationError that says what to present. */
  async authenticate(req: Request): Promise<Actor> {
    const given = read(req.headers.authorization);
    if (given.scheme === 'none') {
      throw new AuthenticationError(
        'Sign in: use your user name and, as the password, an access token of the portal',
      );
    }
    if (given.scheme === 'bearer') {
      return this.#backstage(req);
    }
    if (this.#isServiceAccount(given)) {
      return { type: 'service', subject: this.#account!.username };
    }
    return this.#token(req, given.password);
  }

  async #backstage(req: Request): Promise<Actor> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const { principal } = credentials;
    return principal.type === 'user'
      ? { type: 'user', userRef: principal.userEntityRef, via: 'session' }
      : { type: 'service', subject: principal.subject };
  }

  #isServiceAccount(given: { username?: string; password: string }): boolean {
    return (
      this.#account !== undefined &&
      (given.username === undefined ||
        isSame(given.username, this.#account.username)) &&
      isSame(given.password, this.#account.password)
    );
  }

  async #token(req: Request, token: string): Promise<Actor> {
    const reason = await this.#verify(token);
    if (typeof reason === 'object') {
      return reason;
    }
    // Only after the token was looked up: behind one address are many people, and theirs must go on working.
    const address = req.socket.remoteAddress ?? 'unknown';
    this.#failures.check(address);
    this.#failures.count(address);
    const event = await this.#auditor.createEvent({
      eventId: 'sign-in',
      request: auditable(req),
      severityLevel: 'medium',
      meta: { reason },
    });
    const error = new AuthenticationError(
      `${reason} Make a new one on the portal's page Access tokens.`,
    );
    await event.fail({ error });
    throw error;
  }

  async #verify(token: string): Promise<Actor | string> {
    const owner = token.startsWith(TOKEN_PREFIX)
      ? await this.#tokens.verify(token)
      : undefined;
    if (!owner) {
      return 'The password is not a valid access token.';
    }
    if (owner.expired) {
      return 'This access token has expired.';
    }
    if (!(await this.#organisation.userExists(owner.userRef))) {
      return 'The person of this access token is no longer in the catalog.';
    }
    return { type: 'user', userRef: owner.userRef, via: 'token' };
  }
}

function read(header: string | undefined): Given {
  const [, scheme, value] = /^(\w+) +(\S+) *$/.exec(header ?? '') ?? [];
  switch (scheme?.toLowerCase()) {
    case 'basic': {
      const decoded = Buffer.from(value, 'base64').toString('utf8');
      const colon = decoded.indexOf(':');
      return {
        scheme: 'password',
        username: decoded.slice(0, Math.max(colon, 0)),
        password: colon < 0 ? '' : decoded.slice(colon + 1),
      };
    }
    case 'token':
      return { scheme: 'password', password: value };
    case 'bearer':
      return value.startsWith(TOKEN_PREFIX)
        ? { scheme: 'password', password: value }
        : { scheme: 'bearer' };
    default:
      return { scheme: 'none' };
  }
}
