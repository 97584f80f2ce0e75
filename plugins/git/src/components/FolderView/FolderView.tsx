import { MarkdownContent } from '@backstage/core-components';
import { Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';
import {
  RiFile3Line,
  RiFolder3Fill,
  RiGitRepositoryLine,
  RiLinkM,
} from '@remixicon/react';
import type { Entry, Folder, RepositoryName } from '../../api';
import { useLinks } from '../../hooks';
import { CommitLine } from '../CommitList';
import { resolveLink } from './resolveLink';
import styles from './FolderView.module.css';

const ICONS = {
  dir: <RiFolder3Fill aria-label="Folder" />,
  file: <RiFile3Line aria-label="File" />,
  symlink: <RiLinkM aria-label="Symbolic link" />,
  submodule: <RiGitRepositoryLine aria-label="Submodule" />,
};

/** Entries of a folder with its README below. @internal */
export function FolderView(props: {
  readonly repository: RepositoryName;
  readonly current: string;
  readonly folder: Folder;
}) {
  const { repository, current, folder } = props;
  return (
    <>
      <Card>
        <CardHeader>
          <CommitLine repository={repository} commit={folder.lastCommit} />
        </CardHeader>
        <CardBody>
          <ul className={styles.entries} aria-label="Files">
            {folder.entries.map(entry => (
              <EntryRow
                key={entry.path}
                repository={repository}
                current={current}
                entry={entry}
              />
            ))}
          </ul>
        </CardBody>
      </Card>
      {folder.readme && (
        <Card>
          <CardHeader>
            <Text as="h2" variant="title-x-small">
              {folder.readme.name}
            </Text>
          </CardHeader>
          <CardBody>
            <Readme {...props} readme={folder.readme} />
          </CardBody>
        </Card>
      )}
    </>
  );
}

function EntryRow(props: {
  readonly repository: RepositoryName;
  readonly current: string;
  readonly entry: Entry;
}) {
  const { repository, current, entry } = props;
  const links = useLinks();
  return (
    <li className={styles.entry}>
      <span className={styles.icon} data-type={entry.type}>
        {ICONS[entry.type]}
      </span>
      {entry.type === 'submodule' ? (
        <Text>{entry.name}</Text>
      ) : (
        <Link href={links.source(repository, current, entry.path)} standalone>
          {entry.name}
        </Link>
      )}
      {entry.type === 'file' && (
        <Text variant="body-small" color="secondary" className={styles.size}>
          {formatSize(entry.size)}
        </Text>
      )}
    </li>
  );
}

function Readme(props: {
  readonly repository: RepositoryName;
  readonly current: string;
  readonly folder: Folder;
  readonly readme: { readonly name: string; readonly text: string };
}) {
  const links = useLinks();
  if (!/\.(md|markdown)$/i.test(props.readme.name)) {
    return <pre className={styles.plain}>{props.readme.text}</pre>;
  }
  return (
    <div className={styles.markdown}>
      <MarkdownContent
        content={props.readme.text}
        dialect="gfm"
        transformLinkUri={href =>
          resolveLink(href, props.folder.path, path =>
            links.source(props.repository, props.current, path),
          )
        }
        // Images of a repository need credentials, which an address in a page cannot carry.
        transformImageUri={href => (/^data:image\//.test(href) ? href : '')}
      />
    </div>
  );
}

/** A size for people, for example "1.2 KiB". @internal */
export function formatSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}
