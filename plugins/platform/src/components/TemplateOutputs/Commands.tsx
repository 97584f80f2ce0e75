import { useState } from 'react';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import styles from './TemplateOutputs.module.css';

/** Commands to paste into a terminal, with a button that copies them. @internal */
export function Commands(props: { readonly text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  return (
    <div className={styles.commands}>
      <pre
        className={styles.code}
        role="group"
        aria-label="Commands"
        // Scrolled by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <code>{props.text}</code>
      </pre>
      <Button
        variant="secondary"
        size="small"
        iconStart={state === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={copy}
      >
        {state === 'copied' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className={styles.status}>
        {state === 'failed' &&
          'The browser does not let the page copy: select the text instead.'}
      </span>
    </div>
  );
}
