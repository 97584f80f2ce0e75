import { PlatformStatus } from '@waymark/plugin-platform-common';
import { usePlatformStatus } from '../hooks';
import { Ago } from './Ago';
import { Block } from './Block';
import { Row, Rows } from './Rows';
import { Status, Tone } from './Status';

type ClusterState = PlatformStatus['cluster']['state'];

const CLUSTER: Record<ClusterState, { tone: Tone; text: string }> = {
  absent: { tone: 'neutral', text: 'None' },
  starting: { tone: 'busy', text: 'Starting' },
  building: { tone: 'busy', text: 'Building' },
  ready: { tone: 'ok', text: 'Ready' },
  error: { tone: 'error', text: 'Failing' },
};

const STATES: Record<string, { tone: Tone; text: string }> = {
  ready: { tone: 'ok', text: 'Ready' },
  error: { tone: 'error', text: 'Failing' },
  absent: { tone: 'warning', text: 'Missing' },
  unknown: { tone: 'neutral', text: 'Unknown' },
};

function Cluster({ cluster }: Pick<PlatformStatus, 'cluster'>) {
  const { tone, text } = CLUSTER[cluster.state] ?? STATES.unknown;
  const isUnderWay = tone === 'busy' && cluster.since;
  return (
    <Row
      title={cluster.local ? 'Local cluster' : 'Cluster'}
      about={
        <span role="status">
          {cluster.message}
          {isUnderWay && (
            <>
              {' '}
              (since <Ago instant={cluster.since!} />)
            </>
          )}
        </span>
      }
      end={<Status tone={tone}>{text}</Status>}
    />
  );
}

function Part(props: { title: string; message: string; state: string }) {
  const { tone, text } = STATES[props.state] ?? STATES.unknown;
  return (
    <Row
      title={props.title}
      about={props.message}
      end={<Status tone={tone}>{text}</Status>}
    />
  );
}

/**
 * Cluster, Git host and docs, as they are now.
 *
 * @internal
 */
export function PlatformHealth() {
  const { state, retry } = usePlatformStatus();
  return (
    <Block title="Health" state={state} onRetry={retry}>
      {({ cluster, gitProvider, docs }) => (
        <Rows label="Health">
          <Cluster cluster={cluster} />
          <Part
            title={gitProvider.type === 'github' ? 'GitHub' : 'Git hosting'}
            message={gitProvider.message}
            state={gitProvider.state}
          />
          <Part title="Docs" message={docs.message} state={docs.state} />
        </Rows>
      )}
    </Block>
  );
}
