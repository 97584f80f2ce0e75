import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../../bootstrap/progress';
import type { LocalOptions } from '../options';

interface SeedOptions extends LocalOptions {
  baseUrl: string;
  serviceToken: string;
  signal: AbortSignal;
}

/**
 * Brings the sample organisation's repositories and services to life. Never rejects: the portal works without.
 * @internal
 */
export async function seedSample(options: SeedOptions): Promise<void> {
  const path = join(__dirname, '..', 'sample');
  if (!existsSync(path)) return;
  try {
    const { seedSampleOrganisation } = await import(path);
    await seedSampleOrganisation({
      baseUrl: options.baseUrl,
      serviceToken: options.serviceToken,
      home: options.home,
      repositoryRoot: options.root,
      signal: options.signal,
      report: (message: string) => say(`Sample organisation: ${message}`),
    });
  } catch (error) {
    if (options.signal.aborted) return;
    say(`Sample organisation: ${(error as Error).message}`);
  }
}
