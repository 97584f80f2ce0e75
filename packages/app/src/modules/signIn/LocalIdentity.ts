import {
  BackstageUserIdentity,
  DiscoveryApi,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { forget } from './remembered';

/** How long before its end a token is replaced, in milliseconds. */
const MARGIN = 5 * 60 * 1000;

interface Session {
  readonly profile: ProfileInfo;
  readonly backstageIdentity: {
    readonly token: string;
    readonly expiresInSeconds?: number;
    readonly identity: BackstageUserIdentity;
  };
}

/** @internal */
export interface LocalIdentityOptions {
  readonly discoveryApi: DiscoveryApi;
  readonly userEntityRef: string;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * A person of the sample organisation, signed in without a password. The token stays in memory
 * and is replaced before it ends.
 *
 * @internal
 */
export class LocalIdentity implements IdentityApi {
  readonly #options: LocalIdentityOptions;
  readonly #now: () => number;
  #session: Session | undefined;
  #staleAt = 0;
  #pending: Promise<Session> | undefined;

  /**
   * Signs in.
   *
   * @throws ResponseError with the backend's words, or TypeError when it cannot be reached.
   */
  static async signIn(options: LocalIdentityOptions): Promise<LocalIdentity> {
    const identity = new LocalIdentity(options);
    await identity.#current();
    return identity;
  }

  private constructor(options: LocalIdentityOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.#current()).profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return (await this.#current()).backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    return { token: (await this.#current()).backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    forget();
    this.#session = undefined;
  }

  async #current(): Promise<Session> {
    if (this.#session && this.#now() < this.#staleAt) return this.#session;
    this.#pending ??= this.#refresh().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #refresh(): Promise<Session> {
    const baseUrl = await this.#options.discoveryApi.getBaseUrl('auth');
    const response = await fetch(`${baseUrl}/local/refresh`, {
      headers: { 'x-waymark-user': this.#options.userEntityRef },
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const session = (await response.json()) as Session;
    const seconds = session.backstageIdentity.expiresInSeconds ?? 3600;
    this.#staleAt = this.#now() + Math.max(seconds * 1000 - MARGIN, 0);
    this.#session = session;
    return session;
  }
}
