import { Button } from '@backstage/ui';
import { RiDownloadLine, RiRefreshLine } from '@remixicon/react';
import { useState } from 'react';
import type { MetricsQuery } from '../../api';
import { useDora } from '../../hooks';
import { LoadFailure } from '../LoadFailure';
import { saveFile } from './saveFile';

/** Loads again, and downloads what the numbers were made of. @internal */
export function Actions(props: {
  readonly query: MetricsQuery;
  readonly pending: boolean;
  readonly onRefresh: () => void;
}) {
  const { query, pending, onRefresh } = props;
  const api = useDora();
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const download = async () => {
    setSaving(true);
    setFailure(undefined);
    try {
      saveFile(await api.exportCsv(query), fileName(query));
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <Button
        variant="secondary"
        iconStart={<RiRefreshLine />}
        isPending={pending}
        onPress={onRefresh}
      >
        Refresh
      </Button>
      <Button
        variant="secondary"
        iconStart={<RiDownloadLine />}
        isPending={saving}
        onPress={download}
      >
        Download CSV
      </Button>
      {failure && (
        <LoadFailure
          title="The file could not be downloaded"
          error={failure}
          onRetry={download}
        />
      )}
    </>
  );
}

function fileName({ scope, from, to }: MetricsQuery): string {
  const name =
    scope.kind === 'organisation'
      ? 'organisation'
      : scope.ref.replace(/[^\w.-]+/g, '-');
  return `dora-${name}-${from.slice(0, 10)}-${to.slice(0, 10)}.csv`;
}
