import { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { Link } from '@backstage/ui';
import { useMyTasks } from '../hooks';
import { Ago } from './Ago';
import { Block } from './Block';
import { Row, Rows } from './Rows';
import { Status, Tone } from './Status';

const STATES: Record<string, { tone: Tone; text: string }> = {
  open: { tone: 'busy', text: 'Waiting' },
  processing: { tone: 'busy', text: 'Running' },
  completed: { tone: 'ok', text: 'Done' },
  failed: { tone: 'error', text: 'Failed' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  skipped: { tone: 'neutral', text: 'Skipped' },
};

function titleOf({ spec }: ScaffolderTask): string {
  const { metadata } = spec.templateInfo?.entity ?? {};
  const template = metadata?.title ?? metadata?.name ?? 'Template';
  const name = spec.parameters?.name;
  return typeof name === 'string' ? `${template}: ${name}` : template;
}

/**
 * The template runs that the person started.
 *
 * @internal
 */
export function MyTasks() {
  const { state, retry } = useMyTasks();
  return (
    <Block
      title="My runs"
      state={state}
      onRetry={retry}
      isEmpty={tasks => tasks.length === 0}
      empty="You have not run a template yet. What you create shows up here while it is being made."
      aside={<Link href="/create/tasks">All</Link>}
    >
      {tasks => (
        <Rows label="My runs">
          {tasks.map(task => {
            const { tone, text } = STATES[task.status] ?? {
              tone: 'neutral',
              text: task.status,
            };
            return (
              <Row
                key={task.id}
                href={`/create/tasks/${task.id}`}
                title={titleOf(task)}
                about={<Ago instant={task.createdAt} />}
                end={<Status tone={tone}>{text}</Status>}
              />
            );
          })}
        </Rows>
      )}
    </Block>
  );
}
