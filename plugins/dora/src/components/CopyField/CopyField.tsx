import { Button, VisuallyHidden } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import styles from './CopyField.module.css';

const SHOW_RESULT_MS = 3_000;

/** Commands to take along, with a button that copies it. @internal */
export function CopyField(props: {
  readonly label: string;
  readonly text: string;
}) {
  const [result, setResult] = useState<'copied' | 'failed'>();
  useEffect(() => {
    const timer = setTimeout(() => setResult(undefined), SHOW_RESULT_MS);
    return () => clearTimeout(timer);
  }, [result]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setResult('copied');
    } catch {
      setResult('failed');
    }
  };
  return (
    <div className={styles.field} role="group" aria-label={props.label}>
      <pre className={styles.text}>
        <code>{props.text}</code>
      </pre>
      <Button
        variant="secondary"
        aria-label={`Copy ${props.label}`}
        iconStart={result === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={copy}
      >
        {result === 'copied' ? 'Copied' : 'Copy'}
      </Button>
      <VisuallyHidden>
        <span role="status">
          {result === 'copied' && 'Copied to the clipboard'}
          {result === 'failed' &&
            'The browser did not allow copying; select the text instead'}
        </span>
      </VisuallyHidden>
    </div>
  );
}
