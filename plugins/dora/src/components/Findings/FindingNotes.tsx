import { RiErrorWarningLine } from '@remixicon/react';
import type { Finding } from '@waymark/plugin-dora-common';
import styles from './FindingNotes.module.css';

/** What weakens a number, one sentence each. @internal */
export function FindingNotes(props: { readonly findings: readonly Finding[] }) {
  if (props.findings.length === 0) return null;
  return (
    <ul className={styles.notes} aria-label="What weakens this number">
      {props.findings.map(({ code, message }) => (
        <li key={code} className={styles.note}>
          <RiErrorWarningLine aria-hidden="true" />
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}
