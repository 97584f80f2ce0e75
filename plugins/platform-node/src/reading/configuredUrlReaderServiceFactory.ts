import {
  AwsS3UrlReader,
  AzureBlobStorageUrlReader,
  AzureUrlReader,
  BitbucketCloudUrlReader,
  BitbucketServerUrlReader,
  FetchUrlReader,
  GerritUrlReader,
  GiteaUrlReader,
  GithubUrlReader,
  GitlabUrlReader,
  HarnessUrlReader,
  ReaderFactory,
  UrlReaders,
} from '@backstage/backend-defaults/urlReader';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';

/** The readers by their key under `integrations`, with the host that an entry without one means. */
const READERS: Record<string, { factory: ReaderFactory; host?: string }> = {
  azure: { factory: AzureUrlReader.factory, host: 'dev.azure.com' },
  bitbucketCloud: {
    factory: BitbucketCloudUrlReader.factory,
    host: 'bitbucket.org',
  },
  bitbucketServer: { factory: BitbucketServerUrlReader.factory },
  gerrit: { factory: GerritUrlReader.factory },
  gitea: { factory: GiteaUrlReader.factory },
  github: { factory: GithubUrlReader.factory, host: 'github.com' },
  gitlab: { factory: GitlabUrlReader.factory, host: 'gitlab.com' },
  harness: { factory: HarnessUrlReader.factory },
};

/** Object stores answer under many hosts; an entry in the configuration is what admits them. */
const STORES: Record<string, ReaderFactory> = {
  awsS3: AwsS3UrlReader.factory,
  azureBlobStorage: AzureBlobStorageUrlReader.factory,
};

/**
 * Reads from the hosts that `integrations` and `backend.reading.allow` name, and from no others.
 *
 * Backstage's own reader also reads from the public host of every provider it knows, and reaches for
 * the machine's cloud credentials when somebody registers the address of a bucket.
 *
 * @public
 */
export const configuredUrlReaderServiceFactory = createServiceFactory({
  service: coreServices.urlReader,
  deps: { config: coreServices.rootConfig, logger: coreServices.logger },
  factory: ({ config, logger }) =>
    UrlReaders.create({
      config,
      logger,
      factories: configuredFactories(config),
    }),
});

function configuredFactories(config: Config): ReaderFactory[] {
  const entries = (key: string) =>
    config.getOptionalConfigArray(`integrations.${key}`) ?? [];
  const hosts = Object.entries(READERS).map(([key, { factory, host }]) => {
    const configured = new Set(
      entries(key).map(entry => entry.getOptionalString('host') ?? host),
    );
    return limited(factory, url => configured.has(url.host));
  });
  const stores = Object.entries(STORES)
    .filter(([key]) => entries(key).length > 0)
    .map(([, factory]) => factory);
  return [...hosts, ...stores, FetchUrlReader.factory];
}

function limited(
  factory: ReaderFactory,
  isConfigured: (url: URL) => boolean,
): ReaderFactory {
  return options =>
    factory(options).map(({ reader, predicate }) => ({
      reader,
      predicate: url => isConfigured(url) && predicate(url),
    }));
}
