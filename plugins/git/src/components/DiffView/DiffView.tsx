import { Alert, Card, CardBody, CardHeader, Text } from '@backstage/ui';
import type { Diff } from '../../api';
import { type DiffLine, parsePatch } from './parsePatch';
import styles from './DiffView.module.css';

const SIGNS = { added: '+', removed: '-', context: ' ', hunk: '' };
const NAMES = { added: 'added', removed: 'removed', context: '', hunk: '' };

/** What differs, file by file. @internal */
export function DiffView({ diff }: { readonly diff: Diff }) {
  const patches = parsePatch(diff.patch);
  if (diff.files.length === 0) {
    return (
      <Text as="p" color="secondary">
        No file differs.
      </Text>
    );
  }
  return (
    <section className={styles.files} aria-label="Changed files">
      <Text as="h3" variant="title-x-small">
        {diff.files.length === 1
          ? '1 changed file'
          : `${diff.files.length} changed files`}
      </Text>
      {diff.truncated && (
        <Alert
          status="info"
          icon
          title="The change is too long to show whole"
          description="Clone the repository to see all of it."
        />
      )}
      {diff.files.map((file, index) => (
        <Card key={file.path}>
          <CardHeader className={styles.head}>
            <Text className={styles.path}>{file.path}</Text>
            <Text variant="body-small" color="secondary">
              {file.status}
              {file.additions === undefined
                ? ', binary'
                : `, ${file.additions} added, ${file.deletions} removed`}
            </Text>
          </CardHeader>
          {patches[index] && patches[index].length > 0 && (
            <CardBody>
              <Lines path={file.path} lines={patches[index]} />
            </CardBody>
          )}
        </Card>
      ))}
    </section>
  );
}

function Lines(props: {
  readonly path: string;
  readonly lines: readonly DiffLine[];
}) {
  return (
    <div
      className={styles.scroll}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={`Changes of ${props.path}`}
    >
      <table className={styles.table}>
        <thead className={styles.hidden}>
          <tr>
            <th scope="col">Line before</th>
            <th scope="col">Line after</th>
            <th scope="col">Change</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {props.lines.map((line, index) => (
            // Lines never move; their place is what tells them apart.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={index} className={styles[line.kind]}>
              <td className={styles.number}>{line.before}</td>
              <td className={styles.number}>{line.after}</td>
              <td className={styles.sign}>
                <span aria-hidden="true">{SIGNS[line.kind]}</span>
                <span className={styles.hidden}>{NAMES[line.kind]}</span>
              </td>
              <td className={styles.text}>{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
