import { useId } from 'react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Text, TextField } from '@backstage/ui';
import { FieldMessage } from '../../components';
import { readForm, readTexts } from '../fieldProps';
import styles from './ServiceName.module.css';
import { useNameVerdict } from './useNameVerdict';

/** The name of a service: format and uniqueness are judged while it is typed. @internal */
export function ServiceName(
  props: FieldExtensionComponentProps<string, unknown>,
) {
  const { formData: name = '', onChange } = props;
  const { error: formError, ...texts } = readTexts(props);
  const { owner } = readForm(props);
  const verdict = useNameVerdict(name, owner);
  const messageId = useId();
  const error = verdict.state === 'refused' ? verdict.message : undefined;
  const missing = !name && formError ? `${texts.label} is missing.` : undefined;
  const shown = error ?? missing;

  return (
    <div className={styles.field}>
      <TextField
        {...texts}
        name={props.name}
        size="medium"
        autoComplete="off"
        spellCheck="false"
        value={name}
        onChange={onChange}
        isInvalid={shown !== undefined}
        validationBehavior="aria"
        aria-describedby={messageId}
      />
      <FieldMessage id={messageId} error={shown} />
      <div role="status" className={styles.status}>
        <Text
          as="p"
          variant="body-small"
          color={verdict.state === 'unknown' ? 'warning' : 'secondary'}
        >
          {shown === undefined && verdict.message}
        </Text>
      </div>
    </div>
  );
}
