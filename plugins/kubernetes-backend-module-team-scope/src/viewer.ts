import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';

/** Whose namespaces somebody may see. @internal */
export type Viewer =
  | { readonly sees: 'everything' }
  | {
      readonly sees: 'own';
      /** Entity references, in lower case. */
      readonly owners: ReadonlySet<string>;
    };

/** What {@link findViewer} takes. @internal */
export interface ViewerOptions {
  readonly auth: AuthService;
  readonly userInfo: UserInfoService;
  readonly administrators: readonly string[];
}

/**
 * A person sees what they or their groups own; members of the administrators' groups and other services of
 * the portal see everything, and whatever else there may be sees nothing.
 * @internal
 */
export async function findViewer(
  credentials: BackstageCredentials,
  { auth, userInfo, administrators }: ViewerOptions,
): Promise<Viewer> {
  if (auth.isPrincipal(credentials, 'service')) {
    return { sees: 'everything' };
  }
  if (!auth.isPrincipal(credentials, 'user')) {
    return { sees: 'own', owners: new Set() };
  }
  const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
  const owners = new Set(ownershipEntityRefs.map(lowerCase));
  return administrators.some(group => owners.has(lowerCase(group)))
    ? { sees: 'everything' }
    : { sees: 'own', owners };
}

function lowerCase(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}
