import { doraDashboard } from './doraDashboard';
import { variableQueries } from './queries';

/** A query of the dashboard with every service, team and environment selected. @public */
export interface Expression {
  /** The panel's or the variable's name. */
  readonly where: string;
  readonly promql: string;
}

/** Everything that the dashboard asks Prometheus. @public */
export function expressions(): readonly Expression[] {
  const ofPanels = (doraDashboard().panels ?? []).flatMap(panel =>
    targetsOf(panel).map(target => ({
      where: 'title' in panel ? panel.title ?? '' : '',
      promql: everythingSelected(target.expr),
    })),
  );
  const ofVariables = Object.entries(variableQueries).map(([name, query]) => ({
    where: `variable ${name}`,
    promql: everythingSelected(seriesOf(query)),
  }));
  return [...ofPanels, ...ofVariables];
}

function targetsOf(panel: object): { expr: string }[] {
  return 'targets' in panel ? (panel.targets as { expr: string }[]) : [];
}

/** `label_values` is Grafana's own: it reads a label of a series. */
function seriesOf(query: string): string {
  return query.replace(/^label_values\((.*), (\w+)\)$/, 'group by ($2) ($1)');
}

function everythingSelected(query: string): string {
  return query.replace(/\$(service|team|environment)\b/g, '.*');
}
