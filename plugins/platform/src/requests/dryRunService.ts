import type { DryRunResult, RuleId } from '@waymark/plugin-platform-common';
import type { PlatformApi } from '../api';
import { serviceRequests, type ServiceForm } from './serviceRequests';

/** What the platform says about a new service altogether. @internal */
export interface ServiceVerdict {
  /** What refuses it, in the platform's words, each once. */
  readonly refusals: readonly string[];
  /** What allows it, in the platform's words, each once. */
  readonly statements: readonly string[];
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
  const verdicts = results
    .flatMap(result => result.verdicts)
    .filter(verdict => !rules || rules.includes(verdict.rule));
  const words = (allowed: boolean) =>
    unique(
      verdicts
        .filter(verdict => verdict.allowed === allowed)
        .map(verdict => verdict.message),
    );
  return {
    refusals: words(false),
    statements: words(true),
    notes: unique(results.flatMap(result => result.notes)),
  };
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
