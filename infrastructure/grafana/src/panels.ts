import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  DataqueryBuilder,
  PromQueryFormat,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';

const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };
const NOTHING = 'no data';
const SERVICE = '{{service}} ({{environment}})';

/** What a panel shows. @internal */
export interface PanelOptions {
  readonly title: string;
  readonly description: string;
  /** Grafana's name of a unit: `s`, `percentunit`, `none`. */
  readonly unit: string;
}

/** One number now, and how it came to be. @internal */
export function statPanel(
  options: PanelOptions & { readonly query: string; readonly span?: number },
): Builder<Panel> {
  return new Stat()
    .title(options.title)
    .description(options.description)
    .datasource(DATASOURCE)
    .unit(options.unit)
    .noValue(NOTHING)
    .graphMode(BigValueGraphMode.Area)
    .reduceOptions(
      new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false),
    )
    .height(4)
    .span(options.span ?? 5)
    .withTarget(rangeQuery('A', options.query, options.title));
}

/** Lines over time. @internal */
export function linesPanel(
  options: PanelOptions & {
    readonly lines: readonly { query: string; legend?: string }[];
    readonly max?: number;
  },
): Builder<Panel> {
  const panel = new TimeSeries()
    .title(options.title)
    .description(options.description)
    .datasource(DATASOURCE)
    .unit(options.unit)
    .noValue(NOTHING)
    .min(0)
    .lineWidth(2)
    .fillOpacity(0)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(['lastNotNull'])
        .showLegend(true),
    )
    .height(9)
    .span(12);
  options.lines.forEach(({ query, legend = SERVICE }, index) =>
    panel.withTarget(rangeQuery(letter(index), query, legend)),
  );
  return options.max === undefined ? panel : panel.max(options.max);
}

/** Every service with the values it has now. @internal */
export function tablePanel(
  title: string,
  columns: readonly { name: string; unit: string; query: string }[],
): Builder<Panel> {
  const panel = new Table()
    .title(title)
    .description(
      'One row is a service in an environment, over the last 30 days.',
    )
    .datasource(DATASOURCE)
    .noValue(NOTHING)
    .height(10)
    .span(24)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: {
          Time: true,
          __name__: true,
          instance: true,
          job: true,
          quantile: true,
        },
        renameByName: Object.fromEntries(
          columns.map(({ name }, index) => [`Value #${letter(index)}`, name]),
        ),
      },
    });
  columns.forEach(({ name, unit, query }, index) =>
    panel
      .withTarget(
        new DataqueryBuilder()
          .refId(letter(index))
          .expr(query)
          .instant()
          .format(PromQueryFormat.Table),
      )
      .overrideByName(name, [{ id: 'unit', value: unit }]),
  );
  return panel;
}

function rangeQuery(refId: string, query: string, legend: string) {
  return new DataqueryBuilder()
    .refId(refId)
    .expr(query)
    .range()
    .legendFormat(legend);
}

function letter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
