import { DiscoveryService, LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { Publisher, PublisherBase } from '@backstage/plugin-techdocs-node';
import path from 'node:path';
import { withoutStaleFiles } from './withoutStaleFiles';

/**
 * The publisher that the configuration asks for; on local disk, one that removes deleted pages too.
 *
 * @internal
 */
export async function createPublisher(options: {
  config: Config;
  logger: LoggerService;
  discovery: DiscoveryService;
}): Promise<{ publisher: PublisherBase; replaces?: 'local' }> {
  const { config, logger, discovery } = options;
  const publisher = await Publisher.fromConfig(config, { logger, discovery });
  const type = config.getOptionalString('techdocs.publisher.type') ?? 'local';
  const directory = config.getOptionalString(
    'techdocs.publisher.local.publishDirectory',
  );
  const caseSensitive = config.getOptionalBoolean(
    'techdocs.legacyUseCaseSensitiveTripletPaths',
  );
  if (type !== 'local' || directory === undefined || caseSensitive) {
    return { publisher };
  }
  return {
    publisher: withoutStaleFiles(publisher, path.resolve(directory)),
    replaces: 'local',
  };
}
