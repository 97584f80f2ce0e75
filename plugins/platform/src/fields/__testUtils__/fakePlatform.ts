import {
  DEFAULT_SIZES,
  evaluateRequest,
  type Offerings,
  type PlatformRequest,
  type SizeName,
} from '@waymark/plugin-platform-common';
import type { PlatformApi } from '../../api';

/** A team of the person's. */
export const PAYMENTS = 'group:default/team-payments';
/** Another one. */
export const STOREFRONT = 'group:default/team-storefront';

/** Small and medium in development, small in staging, nothing in production. */
export function offerings(teams = [PAYMENTS, STOREFRONT]): Offerings {
  const allowed = teams.flatMap(team => [
    {
      team,
      environment: 'development' as const,
      sizes: ['small', 'medium'] as SizeName[],
    },
    { team, environment: 'staging' as const, sizes: ['small'] as SizeName[] },
    { team, environment: 'production' as const, sizes: [] },
  ]);
  return {
    teams,
    kinds: [
      { kind: 'Namespace', title: 'Kubernetes namespace', allowed },
      {
        kind: 'Repository',
        title: 'Git repository',
        allowed: teams.map(team => ({
          team,
          environment: 'development' as const,
          sizes: ['small'] as SizeName[],
        })),
      },
    ],
    environments: ['development', 'staging', 'production'],
    sizes: DEFAULT_SIZES,
    names: {
      pattern: '',
      serviceMaxLength: 50,
      namespaceMaxLength: 63,
      reserved: [],
    },
    engines: [],
    versions: [],
    regions: [],
    cost: { lines: [] },
  };
}

/** A platform that knows one component, and judges like the real one. */
export function fakePlatform(overrides: Partial<PlatformApi> = {}) {
  const api = {
    getOfferings: jest.fn(async () => offerings()),
    dryRun: jest.fn(async (request: PlatformRequest) => ({
      verdicts: evaluateRequest(request, {
        teams: [PAYMENTS, STOREFRONT],
        sizes: DEFAULT_SIZES,
        limits: [],
        existing:
          request.name === 'checkout'
            ? [
                {
                  what: 'component' as const,
                  ref: 'component:default/checkout',
                  owner: PAYMENTS,
                  managed: true,
                },
              ]
            : [],
      }),
      cost: { lines: [] },
      objects: [],
      changes: [],
      notes: ['Local cluster: containers are not started.'],
      existing: false,
    })),
    ...overrides,
  };
  return api as unknown as jest.Mocked<PlatformApi>;
}
