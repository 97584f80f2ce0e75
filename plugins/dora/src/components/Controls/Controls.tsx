import { Select } from '@backstage/ui';
import type { Interval } from '@waymark/plugin-dora-common';
import { type ReactNode, useMemo } from 'react';
import type { ViewState } from '../../hooks';
import { browserTimezone, timezones } from '../../view';
import styles from './Controls.module.css';
import { PeriodControl } from './PeriodControl';

const ALL = 'all';
const INTERVALS = [
  { value: 'day', label: 'Days' },
  { value: 'week', label: 'Weeks' },
  { value: 'month', label: 'Months' },
];

/** Period, interval, environment and time zone; all of it stands in the address. @internal */
export function Controls(props: {
  readonly state: ViewState;
  /** What the period is shown in. */
  readonly interval: Interval;
  /** Where the service or its like is deployed to. */
  readonly environments: readonly string[];
  readonly window: { readonly from: string; readonly to: string };
  readonly actions?: ReactNode;
}) {
  const { state, interval, window, actions } = props;
  const { view, change } = state;
  const timezone = view.timezone ?? browserTimezone();
  const environments = useMemo(
    () =>
      [...new Set([...props.environments, ...asList(view.environment)])].sort(),
    [props.environments, view.environment],
  );
  return (
    <div className={styles.controls} role="group" aria-label="What is shown">
      <PeriodControl
        period={view.period}
        timezone={timezone}
        window={window}
        onChange={period =>
          change({ period, interval: undefined, bucket: undefined })
        }
      />
      <Select
        className={styles.field}
        label="Interval"
        options={INTERVALS}
        value={interval}
        onChange={value =>
          change({ interval: value as Interval, bucket: undefined })
        }
      />
      <Select
        className={styles.field}
        label="Environment"
        options={[
          { value: ALL, label: 'All of production' },
          ...environments.map(name => ({ value: name, label: name })),
        ]}
        value={view.environment ?? ALL}
        onChange={value =>
          change({ environment: value === ALL ? undefined : String(value) })
        }
      />
      <TimezoneControl
        timezone={timezone}
        onChange={next => change({ timezone: next, bucket: undefined })}
      />
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

function TimezoneControl(props: {
  readonly timezone: string;
  readonly onChange: (timezone: string) => void;
}) {
  const { timezone, onChange } = props;
  const options = useMemo(() => {
    const own = browserTimezone();
    const names = new Set([own, ...timezones(), timezone]);
    return [...names].map(name => ({ value: name, label: name }));
  }, [timezone]);
  return (
    <Select
      className={styles.field}
      label="Time zone"
      secondaryLabel={timezone === browserTimezone() ? 'this browser' : null}
      search={{ placeholder: 'Search time zones' }}
      options={options}
      value={timezone}
      onChange={value => onChange(String(value))}
    />
  );
}

function asList(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}
