import {
  evaluateRequest,
  type Environment,
  type Offerings,
  type PlatformRequest,
  type RuleId,
  type SizeName,
} from '@waymark/plugin-platform-common';

/**
 * The first refusal by one of the rules, in the platform's words; undefined
 * where they allow the request.
 *
 * Judges by what is offered, without a call: the server judges again, and also
 * knows which names are taken.
 * @internal
 */
export function findRefusal(
  offerings: Offerings,
  request: PlatformRequest,
  rules: readonly RuleId[],
): string | undefined {
  const verdicts = evaluateRequest(request, {
    teams: offerings.teams,
    sizes: offerings.sizes,
    limits: offerings.kinds.flatMap(({ kind, allowed }) =>
      allowed.map(({ team, environment, sizes }) => ({
        kinds: [kind],
        teams: [team],
        environments: [environment],
        sizes,
      })),
    ),
    existing: [],
  });
  return verdicts.find(
    verdict => !verdict.allowed && rules.includes(verdict.rule),
  )?.message;
}

/** The sizes of namespaces that a team may ask for in an environment. @internal */
export function offeredSizes(
  offerings: Offerings,
  team: string,
  environment: Environment,
): readonly SizeName[] {
  const namespaces = offerings.kinds.find(({ kind }) => kind === 'Namespace');
  return (
    namespaces?.allowed.find(
      each => each.team === team && each.environment === environment,
    )?.sizes ?? []
  );
}
