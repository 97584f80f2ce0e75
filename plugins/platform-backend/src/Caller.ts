import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';

/** Who asks, as far as the platform's rules need to know. @internal */
export interface Caller {
  readonly credentials: BackstageCredentials;
  /** Entity reference of the person; undefined for a service. */
  readonly user?: string;
  /** Entity references of the person's groups. */
  readonly teams: readonly string[];
  /** Whether the caller sees what belongs to every team. */
  readonly seesEverything: boolean;
}

/** Finds out who asks. @internal */
export async function identifyCaller(
  credentials: BackstageCredentials,
  options: {
    auth: AuthService;
    userInfo: UserInfoService;
    administrators: readonly string[];
  },
): Promise<Caller> {
  const { auth, userInfo, administrators } = options;
  if (!auth.isPrincipal(credentials, 'user')) {
    return { credentials, teams: [], seesEverything: true };
  }
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  return {
    credentials,
    user: userEntityRef,
    teams: ownershipEntityRefs.filter(ref => ref.startsWith('group:')),
    seesEverything: ownershipEntityRefs.some(ref =>
      administrators.includes(ref),
    ),
  };
}
