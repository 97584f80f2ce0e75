import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Link,
} from '@backstage/ui';
import {
  type Cluster,
  type ClusterEdition,
  CLUSTERS,
  type MetricsAnswer,
} from '@waymark/plugin-dora-common';
import { formatRate } from '../../format';
import { METRICS, readingOf } from '../../metrics';
import { type Column, DataTable } from '../TimeChart';
import styles from './Clusters.module.css';

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Cluster', cell: row => row.name },
  { title: 'Share of the answers', cell: row => row.share },
  ...METRICS.slice(0, 4).map((metric, index) => ({
    title: metric.title,
    cell: (row: Row) => <div className={styles.value}>{row.values[index]}</div>,
  })),
];

/** The clusters of DORA's yearly reports beside the own numbers. @internal */
export function Clusters(props: { readonly answer: MetricsAnswer }) {
  return (
    <Accordion>
      <AccordionTrigger title="Compare with the clusters of DORA's yearly reports" />
      <AccordionPanel>
        <div className={styles.clusters}>
          <p>
            These are clusters, not a ladder: groups that were found among the
            answers of one year. They move from year to year, and a team can be
            in one cluster by one metric and in another by the next.
          </p>
          {CLUSTERS.map(edition => (
            <Edition
              key={edition.year}
              edition={edition}
              answer={props.answer}
            />
          ))}
        </div>
      </AccordionPanel>
    </Accordion>
  );
}

interface Row {
  readonly name: string;
  readonly share: string;
  readonly values: readonly string[];
}

function Edition(props: {
  readonly edition: ClusterEdition;
  readonly answer: MetricsAnswer;
}) {
  const { year, source, clusters } = props.edition;
  return (
    <>
      <h4>Clusters of {year}</h4>
      <DataTable
        isTall
        caption={`DORA's clusters of ${year}`}
        columns={COLUMNS}
        rows={[ownRow(props.answer), ...clusters.map(toRow)]}
        rowKey={row => row.name}
      />
      <p className={styles.quiet}>
        Source: <Link href={source}>DORA's report of {year}</Link>. It did not
        cluster by the deployment rework rate.
      </p>
    </>
  );
}

function ownRow(answer: MetricsAnswer): Row {
  return {
    name: 'Shown on this page',
    share: '',
    values: METRICS.slice(0, 4).map(
      metric => readingOf(metric, answer)?.words ?? 'No data',
    ),
  };
}

function toRow(cluster: Cluster): Row {
  return {
    name: cluster.name,
    share: formatRate(cluster.share),
    values: [
      cluster.deploymentFrequency,
      cluster.changeLeadTime,
      formatRate(cluster.changeFailRate),
      cluster.failedDeploymentRecoveryTime,
    ],
  };
}
