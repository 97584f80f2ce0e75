import { say } from '../../bootstrap/progress';
import type { LocalOptions } from '../options';
import { seedSampleOrganisation } from '../sample';

/**
 * Brings the sample organisation's repositories and services to life. Never rejects: the portal works without.
 * @internal
 */
export async function seedSample(
  options: LocalOptions & {
    baseUrl: string;
    serviceToken: string;
    signal: AbortSignal;
  },
): Promise<void> {
  try {
    await seedSampleOrganisation({
      baseUrl: options.baseUrl,
      serviceToken: options.serviceToken,
      home: options.home,
      repositoryRoot: options.root,
      signal: options.signal,
      report: message => say(`Sample organisation: ${message}`),
    });
  } catch (error) {
    if (options.signal.aborted) return;
    say(`Sample organisation: ${(error as Error).message}`);
  }
}
