import { mkdir } from 'node:fs/promises';
import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import type { EventsService } from '@backstage/plugin-events-node';
import type { Handler } from 'express';
import type { GitConfig } from './config';
import { BranchProtectionStore } from './database/BranchProtectionStore';
import { openDatabase } from './database/migrate';
import { RefStore } from './database/RefStore';
import { RepositoryStore } from './database/RepositoryStore';
import { TokenStore } from './database/TokenStore';
import { GitProcesses } from './git/GitProcesses';
import { Maintenance } from './git/Maintenance';
import { RepositoryFolders } from './git/RepositoryFolders';
import { PushReceiver } from './http/PushReceiver';
import { PushRules } from './http/PushRules';
import { SmartHttp } from './http/SmartHttp';
import { createRouter } from './router';
import { Authenticator } from './services/Authenticator';
import { CatalogRefresh } from './services/CatalogRefresh';
import { Contents } from './services/Contents';
import { Organisation } from './services/Organisation';
import { PushAnnouncer } from './services/PushAnnouncer';
import { RepositoryService } from './services/RepositoryService';
import { TokenService } from './services/TokenService';

/** What the host needs of the backend. */
export type GitHostOptions = {
  readonly config: GitConfig;
  readonly auditor: AuditorService;
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly database: DatabaseService;
  readonly events: EventsService;
  readonly httpAuth: HttpAuthService;
  readonly lifecycle: LifecycleService;
  readonly logger: LoggerService;
  readonly scheduler: SchedulerService;
  readonly scmEvents: CatalogScmEventsService;
};

/**
 * Puts the parts together: stores, folders, git processes, services and routes.
 * @internal
 */
export async function createGitHost(
  options: GitHostOptions,
): Promise<{ router: Handler }> {
  const { config, logger, auditor, httpAuth } = options;
  await mkdir(config.directory, { recursive: true, mode: 0o700 });
  const db = await openDatabase(options.database);
  const git = new GitProcesses({ home: config.directory });
  await checkGit(git);
  const folders = await RepositoryFolders.open({
    directory: config.directory,
    git,
  });
  const repositoryStore = new RepositoryStore(db);
  const organisation = new Organisation({
    catalog: options.catalog,
    auth: options.auth,
    administrators: config.administrators,
  });
  const announcer = new PushAnnouncer({
    git,
    folders,
    repositories: repositoryStore,
    refs: new RefStore(db),
    events: options.events,
    catalogRefresh: new CatalogRefresh({
      scmEvents: options.scmEvents,
      config,
      logger,
    }),
    logger,
  });
  const repositories = new RepositoryService({
    store: repositoryStore,
    folders,
    organisation,
    announcer,
    logger,
  });
  const tokens = new TokenService({
    store: new TokenStore(db),
    lifetimes: config.tokens,
  });
  const shared = { git, folders, logger, limits: config.limits };
  const smartHttp = new SmartHttp(shared);
  const pushes = new PushReceiver({
    logger,
    rules: new PushRules(shared),
    http: smartHttp,
    announcer,
    maintenance: new Maintenance(shared),
    auditor,
  });
  options.lifecycle.addStartupHook(() => repositories.recover());
  options.lifecycle.addShutdownHook(async () => {
    await git.close();
    await pushes.settled();
  });
  await options.scheduler.scheduleTask({
    id: 'forget-expired-tokens',
    scope: 'local',
    frequency: { hours: 24 },
    timeout: { minutes: 5 },
    fn: () => tokens.forgetExpired(),
  });
  return {
    router: createRouter({
      config,
      logger,
      auditor,
      httpAuth,
      authenticator: new Authenticator({
        httpAuth,
        tokens,
        organisation,
        auditor,
        account: config.serviceAccount,
      }),
      organisation,
      repositories,
      repositoryStore,
      protections: new BranchProtectionStore(db),
      tokens,
      contents: new Contents(shared),
      git,
      folders,
      smartHttp,
      pushes,
    }),
  };
}

/** Environment variables as configuration (`GIT_CONFIG_COUNT`) came with git 2.31. */
async function checkGit(git: GitProcesses): Promise<void> {
  const version = await git
    .run(['--version'])
    .then(output => /(\d+)\.(\d+)/.exec(output.toString('utf8')))
    .catch(() => undefined);
  const [major, minor] = (version ?? []).slice(1).map(Number);
  if (!version || major < 2 || (major === 2 && minor < 31)) {
    throw new Error(
      `Git hosting needs git 2.31 or newer on the PATH, and found ${
        version ? `git ${version[0]}` : 'none'
      }. Install it, or remove git.directory from the configuration.`,
    );
  }
}
