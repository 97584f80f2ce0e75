import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Response } from 'express';
import type { GitConfig } from '../config';
import type { BranchProtectionStore } from '../database/BranchProtectionStore';
import type { RepositoryStore } from '../database/RepositoryStore';
import type { GitProcesses } from '../git/GitProcesses';
import type { RepositoryFolders } from '../git/RepositoryFolders';
import type { PushReceiver } from '../http/PushReceiver';
import type { SmartHttp } from '../http/SmartHttp';
import type { Actor } from '../services/Actor';
import type { Authenticator } from '../services/Authenticator';
import type { Contents } from '../services/Contents';
import type { Organisation } from '../services/Organisation';
import type { RepositoryService } from '../services/RepositoryService';
import type { TokenService } from '../services/TokenService';

/** What the routes work with. */
export type RouterContext = {
  readonly config: GitConfig;
  readonly logger: LoggerService;
  readonly auditor: AuditorService;
  readonly httpAuth: HttpAuthService;
  readonly authenticator: Authenticator;
  readonly organisation: Organisation;
  readonly repositories: RepositoryService;
  readonly repositoryStore: RepositoryStore;
  readonly protections: BranchProtectionStore;
  readonly tokens: TokenService;
  readonly contents: Contents;
  readonly git: GitProcesses;
  readonly folders: RepositoryFolders;
  readonly smartHttp: SmartHttp;
  readonly pushes: PushReceiver;
};

/**
 * The person or service that a guard in front of the route has found.
 * @internal
 */
export function actorOf(res: Response): Actor {
  const actor: Actor | undefined = res.locals.actor;
  if (!actor) {
    throw new Error('This route has no guard in front of it');
  }
  return actor;
}
