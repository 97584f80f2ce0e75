import { Button, Skeleton } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import { useMemo } from 'react';
import type { MetricsQuery } from '../../api';
import { entityName } from '../../format';
import { useDora, useLoad } from '../../hooks';
import { METRICS } from '../../metrics';
import { refOfScope, scopeOfRef, type Scope } from '../../scope';
import { COMPARED_AT_MOST } from '../../view';
import { LoadFailure } from '../LoadFailure';
import styles from './Compare.module.css';
import { CompareChart } from './CompareChart';
import { ComparePicker } from './ComparePicker';
import { CompareTable } from './CompareTable';
import type { Compared } from './compared';

/** Services, systems and teams side by side with what the page is about. @internal */
export function CompareSection(props: {
  readonly query: MetricsQuery;
  readonly own: MetricsAnswer;
  /** Entity references. */
  readonly picked: readonly string[];
  readonly onPick: (picked: readonly string[]) => void;
}) {
  const { query, own, picked, onPick } = props;
  const api = useDora();
  const { result, refresh } = useLoad(
    `compare ${picked.join()} ${JSON.stringify(query)}`,
    signal =>
      Promise.all(
        picked.map(async ref => ({
          name: entityName(ref),
          scope: scopeOfRef(ref)!,
          answer: await api.getMetrics(
            { ...query, scope: scopeOfRef(ref)! },
            signal,
          ),
        })),
      ),
  );
  const others =
    result.state === 'ready'
      ? result.value
      : (result.state === 'loading' && result.last) || undefined;
  const compared = useMemo<readonly Compared[]>(
    () => [
      { name: nameOf(query.scope), scope: query.scope, answer: own },
      ...(others ?? []),
    ],
    [others, own, query.scope],
  );
  return (
    <section className={styles.section} aria-label="Compare">
      <h2 className={styles.title}>Compare</h2>
      <ComparePicker
        taken={[...picked, refOfScope(query.scope)].filter(
          ref => ref !== undefined,
        )}
        isFull={picked.length >= COMPARED_AT_MOST}
        onPick={ref => onPick([...picked, ref])}
      />
      <div className={styles.picked}>
        {picked.map(ref => (
          <Button
            key={ref}
            variant="secondary"
            iconEnd={<RiCloseLine />}
            aria-label={`Remove ${entityName(ref)} from the comparison`}
            onPress={() => onPick(picked.filter(each => each !== ref))}
          >
            {entityName(ref)}
          </Button>
        ))}
      </div>
      {result.state === 'failed' && (
        <LoadFailure
          title="The comparison could not be loaded"
          error={result.error}
          onRetry={refresh}
        />
      )}
      {picked.length === 0 && (
        <p className={styles.quiet}>
          Choose up to {COMPARED_AT_MOST} services, systems or teams to see them
          beside {nameOf(query.scope)}.
        </p>
      )}
      {picked.length > 0 && !others && result.state === 'loading' && (
        <div aria-busy="true">
          <Skeleton width="100%" height={240} />
        </div>
      )}
      {picked.length > 0 && others && (
        <>
          <div className={styles.table}>
            <CompareTable compared={compared} />
          </div>
          <div className={styles.charts}>
            {METRICS.map(metric => (
              <CompareChart
                key={metric.id}
                metric={metric}
                compared={compared}
                interval={query.interval}
              />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function nameOf(scope: Scope): string {
  return scope.kind === 'organisation'
    ? 'the organisation'
    : entityName(scope.ref);
}
