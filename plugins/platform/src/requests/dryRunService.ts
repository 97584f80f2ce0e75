import type { DryRunResult, RuleId } from '@waymark/plugin-platform-common';
import type { PlatformApi } from '../api';
import { serviceRequests, type ServiceForm } from './serviceRequests';

/** What the platform says about a new service altogether. @internal */
export interface ServiceVerdict {
  /** Refusals in the platform's words, each once. */
  readonly refusals: readonly string[];
  /** What could not be checked, and why. */
  readonly notes: readonly string[];
}

/** Asks the platform about everything that a new service needs. @internal */
export async function dryRunService(
  api: PlatformApi,
  form: ServiceForm,
  rules?: readonly RuleId[],
): Promise<ServiceVerdict> {
  const results: DryRunResult[] = await Promise.all(
    serviceRequests(form).map(request => api.dryRun(request)),
  );
  const refused = results
    .flatMap(result => result.verdicts)
    .filter(verdict => !verdict.allowed)
    .filter(verdict => !rules || rules.includes(verdict.rule));
  return {
    refusals: unique(refused.map(verdict => verdict.message)),
    notes: unique(results.flatMap(result => result.notes)),
  };
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
