import { DEFAULT_SIZES } from '../sizes';
import type { PlatformRequest } from '../types';
import type { RequestContext } from './context';
import { evaluateRequest } from './evaluateRequest';
import type { RuleId } from './ids';

const PAYMENTS = 'group:default/team-payments';
const STOREFRONT = 'group:default/team-storefront';

const request: PlatformRequest = {
  kind: 'Namespace',
  name: 'checkout-development',
  owner: PAYMENTS,
};

const context: RequestContext = {
  teams: [PAYMENTS],
  ownerExists: true,
  sizes: DEFAULT_SIZES,
  limits: [
    { environments: ['production'], teams: [PAYMENTS], sizes: ['medium'] },
    { environments: ['production'], sizes: [] },
    { sizes: ['small', 'medium', 'large'] },
  ],
  existing: [],
};

const namespace = {
  what: 'namespace',
  ref: 'checkout-development',
  managed: true,
  owner: PAYMENTS,
  component: 'checkout',
  environment: 'development',
} as const;

interface Case {
  title: string;
  request?: Partial<PlatformRequest>;
  context?: Partial<RequestContext>;
  refused: RuleId[];
  says?: RegExp;
}

const cases: Case[] = [
  { title: 'a good request', refused: [] },
  {
    title: 'a bare group name',
    request: { owner: 'team-payments' },
    refused: [],
  },
  {
    title: 'a name of 64 characters',
    request: { name: 'a'.repeat(64) },
    refused: ['name-format'],
    says: /64 characters.*at most 63/,
  },
  {
    title: 'a repository name of 51 characters',
    request: { kind: 'Repository', name: 'a'.repeat(51) },
    refused: ['name-format'],
    says: /at most 50/,
  },
  ...[
    'Checkout',
    '../x',
    '-a',
    'a-',
    '1a',
    'a_b',
    'a.b',
    'a b',
    '',
    'ä',
    'a\n',
  ].map(name => ({
    title: `the name ${JSON.stringify(name)}`,
    request: { name },
    refused: ['name-format'] as RuleId[],
    says: /lower-case letters/,
  })),
  ...['kube-system', 'kube-x', 'default', 'waymark-system'].map(name => ({
    title: `the reserved name ${name}`,
    request: { name },
    refused: ['name-format'] as RuleId[],
    says: /reserved/,
  })),
  {
    title: 'a team that the caller is not in',
    request: { owner: STOREFRONT },
    refused: ['owner-membership'],
    says: /not in group:default\/team-storefront. You may ask for group:default\/team-payments/,
  },
  {
    title: 'a caller without a team',
    context: { teams: [] },
    refused: ['owner-membership'],
    says: /in no team/,
  },
  {
    title: 'an owner that is a person',
    request: { owner: 'user:default/dev' },
    refused: ['owner-membership'],
    says: /is not a group/,
  },
  {
    title: 'an owner that the catalog does not have',
    context: { ownerExists: false },
    refused: ['owner-membership'],
    says: /The catalog has no/,
  },
  {
    title: 'an environment that is closed to the team',
    request: { environment: 'production', owner: STOREFRONT },
    context: { teams: [STOREFRONT] },
    refused: ['kind-allowed', 'size-allowed'],
    says: /Choose another environment/,
  },
  {
    title: 'a size that does not exist',
    request: { spec: { size: 'huge' } },
    refused: ['size-allowed'],
    says: /no size "huge".*small, medium, large/,
  },
  {
    title: 'a size over the limit',
    request: { spec: { size: 'xlarge' } },
    refused: ['size-allowed'],
    says: /over the limit.*small, medium, large/,
  },
  {
    title: 'the first limit that matches decides',
    request: { environment: 'production', spec: { size: 'medium' } },
    refused: [],
  },
  {
    title: 'a namespace of the same owner and component',
    request: { component: 'checkout' },
    context: { existing: [namespace] },
    refused: [],
    says: /exists and belongs to group:default\/team-payments/,
  },
  {
    title: 'a namespace of another team',
    context: { existing: [{ ...namespace, owner: STOREFRONT }] },
    refused: ['name-taken'],
    says: /belongs to group:default\/team-storefront/,
  },
  {
    title: 'a namespace that Waymark did not make',
    context: { existing: [{ ...namespace, managed: false, owner: undefined }] },
    refused: ['name-taken'],
    says: /not made by Waymark/,
  },
  {
    title: 'a namespace that is being deleted',
    context: { existing: [{ ...namespace, terminating: true }] },
    refused: ['name-taken'],
    says: /being deleted/,
  },
  {
    title: 'a namespace of another component',
    request: { component: 'basket' },
    context: { existing: [namespace] },
    refused: ['name-taken'],
    says: /your component "checkout"/,
  },
  {
    title: 'a namespace in another environment',
    request: { environment: 'staging' },
    context: { existing: [namespace] },
    refused: ['name-taken'],
    says: /in the environment development/,
  },
  {
    title: 'a repository whose component is in the catalog',
    request: { kind: 'Repository', name: 'checkout' },
    context: {
      existing: [
        {
          what: 'component',
          ref: 'component:default/checkout',
          owner: STOREFRONT,
          managed: true,
        },
      ],
    },
    refused: ['name-taken'],
    says: /component:default\/checkout belongs to group:default\/team-storefront/,
  },
  {
    title: 'a repository that an earlier run left unfinished',
    request: { kind: 'Repository', name: 'checkout' },
    context: {
      existing: [
        {
          what: 'repository',
          ref: 'team-payments/checkout',
          owner: PAYMENTS,
          managed: true,
        },
      ],
    },
    refused: [],
    says: /is continued/,
  },
];

describe('evaluateRequest', () => {
  it.each(cases)('judges $title', ({ refused, says, ...given }) => {
    const verdicts = evaluateRequest(
      { ...request, ...given.request },
      { ...context, ...given.context },
    );
    expect(
      verdicts.filter(each => !each.allowed).map(each => each.rule),
    ).toEqual(refused);
    expect(verdicts.map(each => each.message).join(' ')).toMatch(says ?? /./);
  });

  it('gives every verdict a message and no size to a repository', () => {
    const verdicts = evaluateRequest(
      { ...request, kind: 'Repository' },
      context,
    );
    expect(verdicts.map(each => each.rule)).toEqual([
      'name-format',
      'name-taken',
      'owner-membership',
      'kind-allowed',
    ]);
    expect(verdicts.every(each => each.message.length > 10)).toBe(true);
  });
});
