/** The dashboard's variables, as they stand in a query. @internal */
const SELECTED =
  'service=~"$service", team=~"$team", environment=~"$environment"';

const SELECTED_DEPLOYMENTS = `dora_deployments{${SELECTED}}`;

/** More lines than this in one panel tell nothing apart. */
const LINES = 20;

/** What the dashboard's panels ask, in PromQL. @public */
export const queries = {
  deployments: SELECTED_DEPLOYMENTS,
  allDeployments: `sum(${SELECTED_DEPLOYMENTS})`,
  deploymentsPerDay: `sum by (team) (${SELECTED_DEPLOYMENTS}) / 30`,
  leadTime: (quantile: number) =>
    `dora_change_lead_time_seconds{quantile="${quantile}", ${SELECTED}}`,
  changeFailRate: `dora_change_fail_rate{${SELECTED}}`,
  recoveryTime: (quantile: number) =>
    `dora_recovery_time_seconds{quantile="${quantile}", ${SELECTED}}`,
  reworkRate: `dora_rework_rate{${SELECTED}}`,
  /** The services with the highest values. */
  highest: (query: string) => `topk(${LINES}, ${query})`,
  /** Of the services' values, each service counting once. */
  middleService: (query: string) => `quantile(0.5, ${query})`,
} as const;

/** What the dashboard's variables are filled with. @public */
export const variableQueries = {
  team: 'label_values(dora_deployments, team)',
  service: 'label_values(dora_deployments{team=~"$team"}, service)',
  environment:
    'label_values(dora_deployments{team=~"$team", service=~"$service"}, environment)',
} as const;
