import { Button, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import { type RefObject, useEffect, useMemo } from 'react';
import type { MetricsQuery } from '../../api';
import type { ViewState } from '../../hooks';
import { type Bucket, toBuckets } from '../../metrics';
import type { Section } from '../../view';
import { Charts } from '../Charts';
import { CompareSection } from '../Compare';
import { DeploymentsSection } from '../Deployments';
import { Notice } from '../Notice';
import { TimelineSection } from '../Timeline';
import { cutToBucket } from './cutToBucket';

const SECTIONS: readonly (readonly [Section, string])[] = [
  ['charts', 'Charts'],
  ['timeline', 'Timeline'],
  ['deployments', 'Deployments'],
  ['compare', 'Compare'],
];

/** What is behind the cards, one part at a time. @internal */
export function Sections(props: {
  readonly state: ViewState;
  readonly query: MetricsQuery;
  readonly answer: MetricsAnswer | undefined;
  readonly stale: boolean;
  readonly heading: RefObject<HTMLHeadingElement>;
  /** How often the person was led to the deployments. */
  readonly jumps: number;
  readonly onChoose: (bucket: Bucket) => void;
}) {
  const { state, query, answer, stale, heading, jumps, onChoose } = props;
  const { view, change } = state;
  const bucket = useMemo(
    () =>
      answer &&
      toBuckets(answer, query.interval).find(
        ({ start }) => Date.parse(start) === Date.parse(view.bucket ?? ''),
      ),
    [answer, query.interval, view.bucket],
  );
  useEffect(() => {
    if (jumps > 0) {
      heading.current?.focus({ preventScroll: true });
      heading.current?.scrollIntoView?.({ block: 'start' });
    }
  }, [jumps, heading]);
  const open = (deployment: string) => change({ deployment });
  return (
    <>
      <ToggleButtonGroup
        aria-label="What is behind the metrics"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view.section]}
        onSelectionChange={keys => change({ section: [...keys][0] as Section })}
      >
        {SECTIONS.map(([section, title]) => (
          <ToggleButton key={section} id={section}>
            {title}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {view.section === 'charts' && (
        <Charts
          answer={answer}
          interval={query.interval}
          stale={stale}
          onChoose={onChoose}
        />
      )}
      {view.section === 'timeline' && (
        <TimelineSection
          query={withoutBuckets(query)}
          timezone={query.timezone}
          onOpen={open}
        />
      )}
      {view.section === 'deployments' && answer && view.bucket && !bucket && (
        <Notice
          status="warning"
          title="The period in the address is not part of what is shown"
          description="All deployments are listed instead."
          customActions={
            <Button
              variant="secondary"
              size="small"
              onPress={() => change({ bucket: undefined })}
            >
              Forget it
            </Button>
          }
        />
      )}
      {view.section === 'deployments' && (
        <DeploymentsSection
          state={state}
          query={cutToBucket(withoutBuckets(query), bucket)}
          timezone={query.timezone}
          bucketTitle={bucket?.title}
          heading={heading}
          ongoing={answer?.failedDeploymentRecoveryTime.ongoing ?? []}
        />
      )}
      {view.section === 'compare' && answer && (
        <CompareSection
          query={query}
          own={answer}
          picked={view.compare}
          onPick={compare => change({ compare })}
        />
      )}
    </>
  );
}

function withoutBuckets({ scope, environment, from, to }: MetricsQuery) {
  return { scope, environment, from, to };
}
