import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { PublisherBase } from '@backstage/plugin-techdocs-node';
import { promises as fs } from 'node:fs';
import path from 'node:path';

/**
 * A publisher to local disk that also removes the pages which the new version of the docs no longer
 * has. The framework's own copies over what is there, so a page that was deleted because of what it
 * said would stay readable.
 *
 * @internal
 */
export function withoutStaleFiles(
  publisher: PublisherBase,
  publishDirectory: string,
): PublisherBase {
  let last: Promise<unknown> = Promise.resolve();
  return {
    getReadiness: () => publisher.getReadiness(),
    fetchTechDocsMetadata: name => publisher.fetchTechDocsMetadata(name),
    docsRouter: () => publisher.docsRouter(),
    hasDocsBeenGenerated: entity => publisher.hasDocsBeenGenerated(entity),
    async publish(request) {
      // One after the other: removing must not meet somebody else's copying.
      const turn = last.then(async () => {
        const response = await publisher.publish(request);
        await removeStale(
          request.directory,
          publishedFolder(publishDirectory, request.entity),
        );
        return response;
      });
      last = turn.catch(() => undefined);
      return await turn;
    },
  };
}

function publishedFolder(publishDirectory: string, entity: Entity): string {
  return [
    entity.metadata.namespace ?? 'default',
    entity.kind,
    entity.metadata.name,
  ].reduce(
    (folder, part) => resolveSafeChildPath(folder, part.toLowerCase()),
    publishDirectory,
  );
}

async function removeStale(source: string, published: string): Promise<void> {
  const entries = await fs.readdir(published, { withFileTypes: true });
  for (const entry of entries) {
    const target = path.join(published, entry.name);
    const origin = path.join(source, entry.name);
    const stat = await fs.lstat(origin).catch(() => undefined);
    if (!stat || stat.isDirectory() !== entry.isDirectory()) {
      await fs.rm(target, { recursive: true, force: true });
    } else if (stat.isDirectory()) {
      await removeStale(origin, target);
    }
  }
}
