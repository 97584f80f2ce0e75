import type {
  AuditorService,
  AuthService,
  DiscoveryService,
  HttpAuthService,
  LifecycleService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import type { DoraConfig } from './config';

/** What the parts of the plugin are made of. @internal */
export interface DoraContext {
  readonly auditor: AuditorService;
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly config: DoraConfig;
  /** Migrated. */
  readonly database: Knex;
  readonly discovery: DiscoveryService;
  readonly events: EventsService;
  readonly httpAuth: HttpAuthService;
  readonly lifecycle: LifecycleService;
  readonly logger: LoggerService;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly permissions: PermissionsService;
  readonly rootConfig: RootConfigService;
  readonly scheduler: SchedulerService;
}
