import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import { useRef, useState } from 'react';
import { formatPeriod } from '../../format';
import type { ViewState } from '../../hooks';
import { pageFindings } from '../../metrics';
import type { Scope } from '../../scope';
import { Clusters } from '../Clusters';
import { Controls } from '../Controls';
import { DeploymentDialog } from '../DeploymentDialog';
import { FindingNotes } from '../Findings';
import { GettingStarted } from '../GettingStarted';
import { LoadFailure } from '../LoadFailure';
import { MetricCards } from '../MetricCard';
import { SampleBanner } from '../SampleBanner';
import { Actions } from './Actions';
import styles from './Dashboard.module.css';
import { isUnheardOf } from './isUnheardOf';
import { Sections } from './Sections';
import { useEnvironments } from './useEnvironments';
import { useMetrics } from './useMetrics';

/** Controls, cards and what is behind them. @internal */
export function Metrics(props: {
  readonly scope: Scope;
  readonly state: ViewState;
}) {
  const { scope, state } = props;
  const { view, change } = state;
  const { query, result, empty, refresh, renew } = useMetrics(
    scope,
    view,
    isUnheardOf,
  );
  const environments = useEnvironments(scope, query.to);
  const heading = useRef<HTMLHeadingElement>(null);
  const [jumps, setJumps] = useState(0);
  const stale = result.state === 'loading';
  const answer = answerOf(result);
  const sample = answer?.findings.find(({ code }) => code === 'sample-data');
  const showEvidence = (changes: Parameters<typeof change>[0]) => {
    change(changes);
    setJumps(count => count + 1);
  };
  return (
    <>
      {sample && <SampleBanner message={sample.message} onRemoved={renew} />}
      <Controls
        state={state}
        interval={query.interval}
        environments={environments}
        window={query}
        actions={<Actions query={query} pending={stale} onRefresh={renew} />}
      />
      <p className={styles.period}>
        {formatPeriod(query, query.timezone)}, {query.timezone}
      </p>
      {answer && <FindingNotes findings={pageFindings(answer.findings)} />}
      {result.state === 'failed' && (
        <LoadFailure
          title="The metrics could not be loaded"
          error={result.error}
          onRetry={refresh}
        />
      )}
      {empty && !view.environment ? (
        <GettingStarted scope={scope} />
      ) : (
        result.state !== 'failed' && (
          <>
            <MetricCards
              answer={answer}
              stale={stale}
              onEvidence={({ evidence }) =>
                showEvidence({ ...evidence, bucket: undefined })
              }
            />
            <Sections
              state={state}
              query={query}
              answer={answer}
              stale={stale}
              heading={heading}
              jumps={jumps}
              onChoose={bucket =>
                showEvidence({
                  section: 'deployments',
                  show: 'all',
                  bucket: bucket.start,
                })
              }
            />
            {answer && <Clusters answer={answer} />}
          </>
        )
      )}
      {view.deployment && (
        <DeploymentDialog
          id={view.deployment}
          timezone={query.timezone}
          onOpen={deployment => change({ deployment })}
          onClose={() => change({ deployment: undefined })}
        />
      )}
    </>
  );
}

function answerOf(
  result: ReturnType<typeof useMetrics>['result'],
): MetricsAnswer | undefined {
  if (result.state === 'ready') return result.value;
  return result.state === 'loading' ? result.last : undefined;
}
