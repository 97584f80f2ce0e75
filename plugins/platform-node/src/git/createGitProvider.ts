import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotImplementedError } from '@backstage/errors';
import type { GitProvider } from '../GitProvider';
import { readGitConfig } from '../config';

/** Makes the provider that `platform.git` names. @internal */
export function createGitProvider(options: {
  config: RootConfigService;
  logger: LoggerService;
}): GitProvider {
  throw new NotImplementedError(readGitConfig(options.config).provider);
}
