import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiPauseCircleLine,
  RiQuestionLine,
} from '@remixicon/react';
import type { Comparison } from '../../metrics';
import styles from './MetricCard.module.css';

const LOOKS = {
  better: { word: 'Better', icon: RiCheckboxCircleLine, tone: styles.better },
  worse: { word: 'Worse', icon: RiErrorWarningLine, tone: styles.worse },
  unchanged: {
    word: 'Unchanged',
    icon: RiPauseCircleLine,
    tone: styles.unchanged,
  },
  none: { word: 'No comparison', icon: RiQuestionLine, tone: styles.unchanged },
};

/** Better or worse than the period before, in a word, an icon and a colour. @internal */
export function ComparisonBadge(props: { readonly comparison: Comparison }) {
  const { verdict, before } = props.comparison;
  const { word, icon: Icon, tone } = LOOKS[verdict];
  return (
    <p className={`${styles.comparison} ${tone}`}>
      <Icon aria-hidden="true" />
      <span>
        <strong>{word}</strong>
        <span className={styles.before}>
          {before === undefined
            ? ', no data in the period before'
            : `, ${before} in the period before`}
        </span>
      </span>
    </p>
  );
}
