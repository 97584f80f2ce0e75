import { DateRangePicker, Select } from '@backstage/ui';
import { parseDate } from '@internationalized/date';
import { DateTime } from 'luxon';
import { isPreset, type Period, PRESETS } from '../../view';
import styles from './Controls.module.css';

const CUSTOM = 'custom';
const OPTIONS = [
  ...Object.entries(PRESETS).map(([value, { title }]) => ({
    value,
    label: title,
  })),
  { value: CUSTOM, label: 'From and to...' },
];

/** A period that ends now, or any days. @internal */
export function PeriodControl(props: {
  readonly period: Period;
  readonly timezone: string;
  /** The instants of the period. */
  readonly window: { readonly from: string; readonly to: string };
  readonly onChange: (period: Period) => void;
}) {
  const { period, timezone, window, onChange } = props;
  const days = 'preset' in period ? daysOf(window, timezone) : period;
  return (
    <>
      <Select
        className={styles.field}
        label="Period"
        options={OPTIONS}
        value={'preset' in period ? period.preset : CUSTOM}
        onChange={value =>
          onChange(isPreset(String(value)) ? { preset: value as never } : days)
        }
      />
      {'from' in period && (
        <DateRangePicker
          className={styles.dates}
          label="From and to"
          value={{ start: parseDate(days.from), end: parseDate(days.to) }}
          onChange={range =>
            range &&
            onChange({
              from: range.start.toString().slice(0, 10),
              to: range.end.toString().slice(0, 10),
            })
          }
        />
      )}
    </>
  );
}

function daysOf(
  window: { readonly from: string; readonly to: string },
  timezone: string,
): { readonly from: string; readonly to: string } {
  const day = (instant: string) =>
    DateTime.fromISO(instant, { zone: timezone }).toISODate()!;
  return { from: day(window.from), to: day(window.to) };
}
