import { Alert, type AlertProps } from '@backstage/ui';
import styles from './Notice.module.css';

/** An alert whose button goes below the text where the screen is narrow. @internal */
export function Notice(props: Omit<AlertProps, 'className' | 'icon'>) {
  return <Alert {...props} icon className={styles.notice} />;
}
