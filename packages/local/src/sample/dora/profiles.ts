/** How a made-up service is delivered. @internal */
export interface DeliveryProfile {
  /** Name of the Component. */
  readonly service: string;
  readonly deploymentsPerWeek: number;
  /** Whether it is deployed at weekends, too. */
  readonly weekends: boolean;
  /** Of a deployment, both included. */
  readonly commits: readonly [number, number];
  /** From a commit to its deployment, the median. */
  readonly leadHours: number;
  /** How many times longer that was half a year ago. */
  readonly leadTrend: number;
  /** Share of attempts that fail while deploying. */
  readonly failedAttempts: number;
  /** Share of deployments with an incident. */
  readonly incidents: number;
  /** From an incident to its end, the median. */
  readonly recoveryMinutes: number;
  /** What ends incidents, as shares; the rest ends without a deployment. */
  readonly rolledBack: number;
  readonly hotfixed: number;
  readonly symptoms: readonly string[];
}

/** Teams that work differently, so that comparing them shows something. @internal */
export const PROFILES: readonly DeliveryProfile[] = [
  {
    service: 'checkout',
    deploymentsPerWeek: 6,
    weekends: false,
    commits: [1, 4],
    leadHours: 9,
    leadTrend: 1.4,
    failedAttempts: 0.04,
    incidents: 0.07,
    recoveryMinutes: 35,
    rolledBack: 0.5,
    hotfixed: 0.3,
    symptoms: [
      'Orders are placed twice',
      'Baskets expire too early',
      'Checkout answers slowly',
      'Payments time out at the last step',
    ],
  },
  {
    service: 'payment-gateway',
    deploymentsPerWeek: 2,
    weekends: false,
    commits: [2, 6],
    leadHours: 52,
    leadTrend: 1,
    failedAttempts: 0.06,
    incidents: 0.12,
    recoveryMinutes: 75,
    rolledBack: 0.2,
    hotfixed: 0.6,
    symptoms: [
      'A provider declines valid cards',
      'Refunds wait in the queue',
      'Captures are late',
    ],
  },
  {
    service: 'storefront-web',
    deploymentsPerWeek: 18,
    weekends: true,
    commits: [1, 2],
    leadHours: 2.2,
    leadTrend: 2.5,
    failedAttempts: 0.02,
    incidents: 0.045,
    recoveryMinutes: 12,
    rolledBack: 0.8,
    hotfixed: 0.1,
    symptoms: [
      'Product pages show no prices',
      'The search field loses focus',
      'Pages are over their budget',
      'Images are missing on phones',
    ],
  },
  {
    service: 'product-catalog',
    deploymentsPerWeek: 3,
    weekends: false,
    commits: [1, 5],
    leadHours: 20,
    leadTrend: 0.7,
    failedAttempts: 0.08,
    incidents: 0.15,
    recoveryMinutes: 140,
    rolledBack: 0.25,
    hotfixed: 0.55,
    symptoms: [
      'Stock is reserved and never freed',
      'Prices are a day old',
      'Listing a category times out',
    ],
  },
  {
    service: 'shipping',
    deploymentsPerWeek: 0.6,
    weekends: false,
    commits: [5, 14],
    leadHours: 300,
    leadTrend: 1,
    failedAttempts: 0.12,
    incidents: 0.25,
    recoveryMinutes: 520,
    rolledBack: 0.3,
    hotfixed: 0.4,
    symptoms: [
      'Labels have the wrong carrier',
      'Tracking shows yesterday’s state',
    ],
  },
];
