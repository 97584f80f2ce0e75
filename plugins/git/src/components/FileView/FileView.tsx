import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';
import { RiDownload2Line } from '@remixicon/react';
import { useState } from 'react';
import { type File, gitApiRef, type RepositoryName } from '../../api';
import { useLinks } from '../../hooks';
import { CommitLine } from '../CommitList';
import { formatSize } from '../FolderView';
import { ImageView } from './ImageView';
import { imageType } from './imageType';
import styles from './FileView.module.css';

/** One file: text with line numbers, an image, or a notice of what it is. @internal */
export function FileView(props: {
  readonly repository: RepositoryName;
  readonly current: string;
  readonly file: File;
}) {
  const { repository, file } = props;
  return (
    <Card>
      <CardHeader>
        <div className={styles.head}>
          <CommitLine repository={repository} commit={file.lastCommit} />
          {file.type === 'file' && <Download {...props} />}
        </div>
      </CardHeader>
      <CardBody>
        <FileBody {...props} />
      </CardBody>
    </Card>
  );
}

function FileBody(props: {
  readonly repository: RepositoryName;
  readonly file: File;
}) {
  const { file } = props;
  if (file.type === 'symlink') {
    return (
      <Notice>
        A symbolic link to <code>{file.target}</code>. The portal does not
        follow it.
      </Notice>
    );
  }
  if (file.type === 'submodule') {
    return (
      <Notice>
        A submodule at commit <code>{file.sha.slice(0, 10)}</code>.
      </Notice>
    );
  }
  if (imageType(file.name) && !file.tooLarge) {
    return <ImageView {...props} />;
  }
  if (file.tooLarge) {
    return (
      <Notice>
        This file is too large to show here. Download it, or clone the
        repository.
      </Notice>
    );
  }
  if (file.text === undefined) {
    return <Notice>This is a binary file. Download it to open it.</Notice>;
  }
  return file.text === '' ? (
    <Notice>This file is empty.</Notice>
  ) : (
    <Lines name={file.name} text={file.text} />
  );
}

function Notice({ children }: { readonly children: React.ReactNode }) {
  return (
    <Text as="p" color="secondary">
      {children}
    </Text>
  );
}

function Lines({
  name,
  text,
}: {
  readonly name: string;
  readonly text: string;
}) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={name}>
      <pre className={styles.numbers} aria-hidden="true">
        {lines.map((_, index) => index + 1).join('\n')}
      </pre>
      <pre className={styles.text}>{lines.join('\n')}</pre>
    </div>
  );
}

function Download(props: {
  readonly repository: RepositoryName;
  readonly current: string;
  readonly file: File;
}) {
  const api = useApi(gitApiRef);
  const links = useLinks();
  const [failure, setFailure] = useState<string>();
  const download = async () => {
    setFailure(undefined);
    try {
      const blob = await api.getRaw(props.repository, {
        ref: props.file.commit,
        path: props.file.path,
      });
      const url = URL.createObjectURL(blob);
      const anchor = document.createElement('a');
      anchor.href = url;
      anchor.download = props.file.name;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className={styles.actions}>
      <Text variant="body-small" color="secondary">
        {formatSize(props.file.size)}
      </Text>
      {props.current !== props.file.commit && (
        <Link
          variant="body-small"
          href={links.source(
            props.repository,
            props.file.commit,
            props.file.path,
          )}
        >
          Permalink
        </Link>
      )}
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiDownload2Line />}
        onPress={download}
      >
        Download
      </Button>
      {failure && (
        <Text role="alert" color="danger" variant="body-small">
          {failure}
        </Text>
      )}
    </div>
  );
}
