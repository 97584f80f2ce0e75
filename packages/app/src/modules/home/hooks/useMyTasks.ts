import { useApi } from '@backstage/core-plugin-api';
import { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Loaded, useLoad } from '../../../hooks';

const LIMIT = 4;
const WHILE_RUNNING = 3_000;
const OTHERWISE = 30_000;

function isRunning({ status }: ScaffolderTask): boolean {
  return status === 'open' || status === 'processing';
}

/**
 * The template runs that the person started, newest first, and kept up to date.
 *
 * @internal
 */
export function useMyTasks() {
  const scaffolderApi = useApi(scaffolderApiRef);
  return useLoad(
    async () => {
      if (!scaffolderApi.listTasks) return [];
      const { tasks } = await scaffolderApi.listTasks({
        filterByOwnership: 'owned',
        limit: LIMIT,
        offset: 0,
      });
      return tasks;
    },
    [scaffolderApi],
    {
      again: (last: Loaded<ScaffolderTask[]>) =>
        last.status === 'ready' && last.value.some(isRunning)
          ? WHILE_RUNNING
          : OTHERWISE,
    },
  );
}
