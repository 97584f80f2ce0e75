import type { Scope } from '../../scope';
import { useView } from '../../hooks';
import styles from './Dashboard.module.css';
import { Metrics } from './Metrics';
import { WrongAddress } from './WrongAddress';

/** DORA's five metrics of a scope, with everything behind them. @internal */
export function Dashboard(props: { readonly scope: Scope }) {
  const state = useView();
  return (
    <div className={styles.dashboard}>
      {state.problems.length > 0 ? (
        <WrongAddress problems={state.problems} onReset={state.reset} />
      ) : (
        <Metrics scope={props.scope} state={state} />
      )}
    </div>
  );
}
