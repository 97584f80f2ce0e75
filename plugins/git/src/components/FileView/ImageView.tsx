import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { type File, gitApiRef, type RepositoryName } from '../../api';
import { useLoad } from '../../hooks';
import { LoadFailure } from '../LoadFailure';
import { imageType } from './imageType';
import styles from './FileView.module.css';

/** An image, shown as a picture only: a browser runs no script of an SVG in `<img>`. @internal */
export function ImageView(props: {
  readonly repository: RepositoryName;
  readonly file: File;
}) {
  const { repository, file } = props;
  const { owner, name } = repository;
  const api = useApi(gitApiRef);
  const { state, retry } = useLoad(
    signal =>
      api.getRaw(
        { owner, name },
        { ref: file.commit, path: file.path },
        { signal },
      ),
    [api, owner, name, file.commit, file.path],
  );
  const url = useObjectUrl(
    state.status === 'ready' ? state.value : undefined,
    imageType(file.name),
  );
  if (state.status === 'error') {
    return (
      <LoadFailure
        title="The image could not be loaded"
        error={state.error}
        onRetry={retry}
      />
    );
  }
  return url ? (
    <img className={styles.image} src={url} alt={file.name} />
  ) : (
    <Skeleton width="100%" height={160} />
  );
}

function useObjectUrl(
  blob: Blob | undefined,
  type: string | undefined,
): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!blob) return undefined;
    const made = URL.createObjectURL(new Blob([blob], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob, type]);
  return url;
}
