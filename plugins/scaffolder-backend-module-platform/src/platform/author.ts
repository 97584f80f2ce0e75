import type { CommitAuthor } from '@waymark/plugin-platform-node';

/** The person who runs a template, as a scaffolder context knows them. @internal */
export interface Person {
  readonly ref?: string;
  readonly entity?: {
    readonly metadata: { readonly name: string };
    readonly spec?: {
      readonly profile?: {
        readonly displayName?: string;
        readonly email?: string;
      };
    };
  };
}

/** The author of a commit that is made for a person. @internal */
export function authorOf(person: Person | undefined): CommitAuthor {
  const profile = person?.entity?.spec?.profile;
  const name =
    person?.entity?.metadata.name ?? person?.ref?.split('/').pop() ?? 'waymark';
  return {
    name: profile?.displayName ?? name,
    // Nothing is guessed: an address without a domain that exists reaches nobody.
    email: profile?.email ?? `${name}@users.noreply.waymark.invalid`,
  };
}
