import { METRICS, readingOf } from '../../metrics';
import { EntityLink } from '../EntityLink';
import { DataTable } from '../TimeChart';
import styles from './Compare.module.css';
import type { Compared } from './compared';

const KINDS = {
  organisation: '',
  service: 'service',
  system: 'system',
  team: 'team',
};

/** The five metrics of each side. @internal */
export function CompareTable(props: {
  readonly compared: readonly Compared[];
}) {
  return (
    <DataTable
      isTall
      caption="The five metrics side by side"
      rows={props.compared}
      rowKey={({ scope, name }) => `${scope.kind} ${name}`}
      columns={[
        {
          title: 'Name',
          cell: ({ scope, name }) => (
            <div className={styles.name}>
              {scope.kind === 'organisation' ? (
                'The organisation'
              ) : (
                <EntityLink entityRef={scope.ref} />
              )}
              <div className={styles.quiet} title={name}>
                {KINDS[scope.kind]}
              </div>
            </div>
          ),
        },
        ...METRICS.map(metric => ({
          title: metric.title,
          cell: ({ answer }: Compared) => {
            const reading = readingOf(metric, answer);
            if (reading === undefined) return 'No data';
            const level = metric.level?.(answer).level;
            return (
              <>
                {reading.words}
                {level && (
                  <div className={styles.quiet}>Level {level} of 6</div>
                )}
              </>
            );
          },
        })),
      ]}
    />
  );
}
