import { DEFAULT_ENVIRONMENT } from '../environments';
import { allowedSizes } from '../limits';
import { findNameProblem } from '../names';
import { normalizeOwner } from '../owner';
import { DEFAULT_SIZE, describeSize, isSizeName } from '../sizes';
import type { PlatformRequest, Verdict } from '../types';
import type { RequestContext, RuleInput } from './context';
import type { RuleId } from './ids';
import { nameTaken } from './nameTaken';

type Outcome = { allowed: boolean; message: string };
type Rule = (input: RuleInput, context: RequestContext) => Outcome;

const RULES: Partial<Record<RuleId, Rule>> = {
  'name-format': nameFormat,
  'name-taken': nameTaken,
  'owner-membership': ownerMembership,
  'kind-allowed': kindAllowed,
  'size-allowed': sizeAllowed,
};

/**
 * What the guardrails say about a request, rule by rule.
 *
 * The one place that decides: form, dry run, action and command line show
 * these verdicts in these words.
 * @public
 */
export function evaluateRequest(
  request: PlatformRequest,
  context: RequestContext,
): Verdict[] {
  const input: RuleInput = {
    kind: request.kind,
    name: request.name,
    givenOwner: request.owner,
    owner: normalizeOwner(request.owner),
    environment: request.environment ?? DEFAULT_ENVIRONMENT,
    component: request.component,
    size: request.spec?.size ?? DEFAULT_SIZE,
  };
  return (Object.entries(RULES) as [RuleId, Rule][])
    .filter(([rule]) => rule !== 'size-allowed' || request.kind === 'Namespace')
    .map(([rule, evaluate]) => ({ rule, ...evaluate(input, context) }));
}

function nameFormat(input: RuleInput): Outcome {
  const problem = findNameProblem(input.kind, input.name);
  return {
    allowed: !problem,
    message: problem ?? `"${input.name}" is a valid name.`,
  };
}

function ownerMembership(input: RuleInput, context: RequestContext): Outcome {
  const yours = context.teams.length
    ? `You may ask for ${context.teams.join(', ')}.`
    : 'You are in no team: ask the platform team to add you to one.';
  if (!input.owner) {
    return {
      allowed: false,
      message: `"${input.givenOwner}" is not a group. ${yours}`,
    };
  }
  if (context.ownerExists === false) {
    return {
      allowed: false,
      message: `The catalog has no ${input.owner}. ${yours}`,
    };
  }
  return context.teams.includes(input.owner)
    ? { allowed: true, message: `You are in ${input.owner}.` }
    : { allowed: false, message: `You are not in ${input.owner}. ${yours}` };
}

function kindAllowed(input: RuleInput, context: RequestContext): Outcome {
  const owner = input.owner ?? input.givenOwner;
  const what =
    input.kind === 'Namespace'
      ? `a Namespace in ${input.environment}`
      : `a ${input.kind}`;
  return sizesFor(input, context).length
    ? { allowed: true, message: `${owner} may have ${what}.` }
    : {
        allowed: false,
        message: `${owner} may not have ${what}. Choose another environment, or ask the platform team.`,
      };
}

function sizeAllowed(input: RuleInput, context: RequestContext): Outcome {
  const sizes = sizesFor(input, context);
  const offer = sizes.length
    ? `Allowed for ${input.owner ?? input.givenOwner} in ${
        input.environment
      }: ${sizes.join(', ')}.`
    : `No size is allowed for ${input.owner ?? input.givenOwner} in ${
        input.environment
      }.`;
  if (!isSizeName(input.size)) {
    return {
      allowed: false,
      message: `There is no size "${input.size}". ${offer}`,
    };
  }
  return sizes.includes(input.size)
    ? {
        allowed: true,
        message: `Size ${input.size}: ${describeSize(
          context.sizes[input.size],
        )}.`,
      }
    : {
        allowed: false,
        message: `Size "${input.size}" is over the limit. ${offer}`,
      };
}

function sizesFor(input: RuleInput, context: RequestContext) {
  return allowedSizes(context.limits, {
    kind: input.kind,
    environment: input.environment,
    team: input.owner ?? input.givenOwner,
  });
}
