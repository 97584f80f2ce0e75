import { useId, type ReactNode } from 'react';
import { Checkbox, CheckboxGroup, Radio, RadioGroup } from '@backstage/ui';
import { FieldMessage } from '../FieldMessage';
import styles from './ChoiceCards.module.css';

/** One card of {@link ChoiceCards}. @internal */
export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly description?: ReactNode;
  /** Says why the card cannot be chosen. */
  readonly unavailable?: string;
  /** The card is chosen and stays so. */
  readonly fixed?: boolean;
}

interface CommonProps {
  readonly label: string;
  readonly description?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly choices: readonly Choice[];
  readonly error?: string;
}

/** A radio group drawn as cards. @internal */
export function ChoiceCards(
  props: CommonProps & {
    readonly value: string | undefined;
    readonly onChange: (value: string) => void;
  },
) {
  const { choices, value, onChange, error, ...group } = props;
  const messageId = useId();
  return (
    <>
      <RadioGroup
        {...group}
        value={value ?? ''}
        onChange={onChange}
        isInvalid={error !== undefined}
        aria-describedby={messageId}
      >
        <div className={styles.cards}>
          {choices.map(choice => (
            <Radio
              key={choice.value}
              value={choice.value}
              className={styles.card}
              isDisabled={choice.unavailable !== undefined}
            >
              <CardText choice={choice} />
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <FieldMessage id={messageId} error={error} />
    </>
  );
}

/** A group of check boxes drawn as cards. @internal */
export function MultipleChoiceCards(
  props: CommonProps & {
    readonly value: readonly string[];
    readonly onChange: (value: string[]) => void;
  },
) {
  const { choices, value, onChange, error, ...group } = props;
  const messageId = useId();
  return (
    <>
      <CheckboxGroup
        {...group}
        value={[...value]}
        onChange={onChange}
        isInvalid={error !== undefined}
        aria-describedby={messageId}
      >
        <div className={styles.cards}>
          {choices.map(choice => (
            <Checkbox
              key={choice.value}
              value={choice.value}
              className={styles.card}
              isDisabled={choice.unavailable !== undefined}
              isReadOnly={choice.fixed}
            >
              <CardText choice={choice} />
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <FieldMessage id={messageId} error={error} />
    </>
  );
}

function CardText({ choice }: { readonly choice: Choice }) {
  return (
    <span className={styles.text}>
      <span className={styles.title}>{choice.title}</span>
      {choice.description && (
        <span className={styles.description}>{choice.description}</span>
      )}
      {choice.unavailable && (
        <span className={styles.description}>{choice.unavailable}</span>
      )}
    </span>
  );
}
