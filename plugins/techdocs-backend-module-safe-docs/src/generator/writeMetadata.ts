import { promises as fs } from 'node:fs';
import path from 'node:path';

/**
 * Writes techdocs_metadata.json, which the Docs page reads its title and the builder its etag from.
 *
 * @internal
 */
export async function writeMetadata(
  outputDir: string,
  site: {
    readonly site_name: string;
    readonly site_description?: string;
    /** The revision that was rendered. */
    readonly etag?: string;
  },
): Promise<void> {
  const entries = await fs.readdir(outputDir, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry =>
      path.relative(outputDir, path.join(entry.parentPath, entry.name)),
    )
    .sort();
  await fs.writeFile(
    path.join(outputDir, 'techdocs_metadata.json'),
    JSON.stringify({ ...site, build_timestamp: Date.now(), files }),
  );
}
