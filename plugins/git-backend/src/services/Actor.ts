/** Who makes a request. */
export type Actor =
  | {
      readonly type: 'user';
      readonly userRef: string;
      /** `session`: signed in to the portal; `token`: a personal access token. */
      readonly via: 'session' | 'token';
    }
  | { readonly type: 'service'; readonly subject: string };

/**
 * Name of an actor for records and logs.
 * @internal
 */
export function actorName(actor: Actor): string {
  return actor.type === 'user' ? actor.userRef : `service:${actor.subject}`;
}
