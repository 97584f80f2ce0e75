import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Text, TextField } from '@backstage/ui';
import {
  DEFAULT_ENVIRONMENT,
  ownerName,
  serviceNamespace,
} from '@waymark/plugin-platform-common';
import { readForm, readTexts } from '../fieldProps';
import styles from './ServiceName.module.css';
import { useNameVerdict, type NameVerdict } from './useNameVerdict';

/** The name of a service: format and uniqueness are judged while it is typed. @internal */
export function ServiceName(
  props: FieldExtensionComponentProps<string, unknown>,
) {
  const { formData: name = '', onChange, uiSchema } = props;
  const { error: formError, ...texts } = readTexts(props);
  const { owner } = readForm(props);
  const verdict = useNameVerdict(name, owner);
  const error = verdict.state === 'refused' ? verdict.message : undefined;
  const shown = error ?? (name ? undefined : formError);

  return (
    <div className={styles.field}>
      <TextField
        {...texts}
        name={props.name}
        size="medium"
        autoComplete="off"
        spellCheck="false"
        autoFocus={uiSchema['ui:autofocus'] === true}
        value={name}
        onChange={value => onChange(value === '' ? undefined : value)}
        isInvalid={shown !== undefined}
        validationBehavior="aria"
        validate={() => shown ?? null}
      />
      <div role="status" className={styles.status}>
        <Text
          as="p"
          variant="body-small"
          color={verdict.state === 'unknown' ? 'warning' : 'secondary'}
        >
          {shown ? '' : statusText(verdict, name, owner)}
        </Text>
      </div>
    </div>
  );
}

function statusText(
  verdict: NameVerdict,
  name: string,
  owner: string | undefined,
): string {
  if (verdict.state !== 'free') {
    return verdict.message ?? '';
  }
  const team = owner ? `${safeOwnerName(owner)}/` : '';
  return `Free. Repository ${team}${name}, namespace ${serviceNamespace(
    name,
    DEFAULT_ENVIRONMENT,
  )}.`;
}

/** A link may prefill the team with anything. */
function safeOwnerName(owner: string): string {
  try {
    return ownerName(owner);
  } catch {
    return owner;
  }
}
