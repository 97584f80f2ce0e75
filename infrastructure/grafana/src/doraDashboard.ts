import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { linesPanel, statPanel, tablePanel } from './panels';
import { queries, variableQueries } from './queries';

const {
  allDeployments,
  changeFailRate,
  deployments,
  deploymentsPerDay,
  highest,
  leadTime,
  middleService,
  recoveryTime,
  reworkRate,
} = queries;

const PER_SERVICE =
  'Each point covers the 30 days before it, each line is one service: the medians and rates of several services do not add up. The portal computes roll-ups from the single changes and deployments.';
const OF_SERVICES =
  'The service in the middle of those selected, over the last 30 days. It is not the median over all their changes: that is on the page of the team, the system or the organisation in the portal.';

/** DORA's five metrics over time, from the gauges of the portal's backend. @public */
export function doraDashboard(): Dashboard {
  const dashboard = new DashboardBuilder('DORA metrics')
    .uid('waymark-dora')
    .description(
      "DORA's five metrics over the last 30 days, as the portal's backend offers them to Prometheus.",
    )
    .tags(['waymark', 'dora'])
    .time({ from: 'now-90d', to: 'now' })
    .refresh('5m')
    .timezone('browser')
    .annotations([])
    .readonly();
  addVariables(dashboard);
  addNow(dashboard);
  addOverTime(dashboard);
  return numbered(dashboard.build());
}

// Links to a panel name it by its number.
function numbered(dashboard: Dashboard): Dashboard {
  dashboard.panels?.forEach((panel, index) => {
    panel.id = index + 1;
  });
  return dashboard;
}

function addVariables(dashboard: DashboardBuilder): void {
  dashboard.withVariable(
    new DatasourceVariableBuilder('datasource')
      .label('Data source')
      .type('prometheus'),
  );
  for (const [name, query] of Object.entries(variableQueries)) {
    dashboard.withVariable(
      new QueryVariableBuilder(name)
        .label(`${name[0].toUpperCase()}${name.slice(1)}`)
        .datasource({ type: 'prometheus', uid: '${datasource}' })
        .query({ query, refId: name })
        .definition(query)
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .sort(VariableSort.AlphabeticalAsc)
        .multi(true)
        .includeAll(true)
        .allValue('.*') // also what has no team
        .current({ selected: true, text: ['All'], value: ['$__all'] }),
    );
  }
}

function addNow(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('Now'))
    .withPanel(
      statPanel({
        title: 'Deployments',
        description: 'Successful ones of the last 30 days, all services.',
        unit: 'none',
        query: allDeployments,
      }),
    )
    .withPanel(
      statPanel({
        title: 'Change lead time, median, middle service',
        description: OF_SERVICES,
        unit: 's',
        query: middleService(leadTime(0.5)),
      }),
    )
    .withPanel(
      statPanel({
        title: 'Change fail rate, middle service',
        description: OF_SERVICES,
        unit: 'percentunit',
        query: middleService(changeFailRate),
      }),
    )
    .withPanel(
      statPanel({
        title: 'Recovery time, median, middle service',
        description: OF_SERVICES,
        unit: 's',
        query: middleService(recoveryTime(0.5)),
      }),
    )
    .withPanel(
      statPanel({
        title: 'Rework rate, middle service',
        description: OF_SERVICES,
        unit: 'percentunit',
        query: middleService(reworkRate),
        span: 4,
      }),
    )
    .withPanel(
      tablePanel('Services', [
        { name: 'Deployments', unit: 'none', query: deployments },
        { name: 'Lead time, median', unit: 's', query: leadTime(0.5) },
        {
          name: 'Change fail rate',
          unit: 'percentunit',
          query: changeFailRate,
        },
        { name: 'Recovery, median', unit: 's', query: recoveryTime(0.5) },
        { name: 'Rework rate', unit: 'percentunit', query: reworkRate },
      ]),
    );
}

function addOverTime(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('Over time'))
    .withPanel(
      linesPanel({
        title: 'Deployment frequency',
        description: 'Successful deployments per day, over the 30 days before.',
        unit: 'none',
        lines: [{ query: deploymentsPerDay, legend: '{{team}}' }],
      }),
    )
    .withPanel(
      linesPanel({
        title: 'Change lead time, median',
        description: PER_SERVICE,
        unit: 's',
        lines: [{ query: highest(leadTime(0.5)) }],
      }),
    )
    .withPanel(
      linesPanel({
        title: 'Change lead time, 90th percentile',
        description: PER_SERVICE,
        unit: 's',
        lines: [{ query: highest(leadTime(0.9)) }],
      }),
    )
    .withPanel(
      linesPanel({
        title: 'Change fail rate',
        description: PER_SERVICE,
        unit: 'percentunit',
        max: 1,
        lines: [{ query: highest(changeFailRate) }],
      }),
    )
    .withPanel(
      linesPanel({
        title: 'Failed deployment recovery time, median',
        description: PER_SERVICE,
        unit: 's',
        lines: [{ query: highest(recoveryTime(0.5)) }],
      }),
    )
    .withPanel(
      linesPanel({
        title: 'Deployment rework rate',
        description: PER_SERVICE,
        unit: 'percentunit',
        max: 1,
        lines: [{ query: highest(reworkRate) }],
      }),
    );
}
