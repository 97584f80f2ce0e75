import { useEffect, useId } from 'react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Select, Skeleton } from '@backstage/ui';
import { FieldMessage, LoadFailure } from '../../components';
import { readTexts } from '../fieldProps';
import fieldStyles from '../fields.module.css';
import { useTeams } from './useTeams';

/** The team that owns what is made: one of the person's own. @internal */
export function Team(props: FieldExtensionComponentProps<string, unknown>) {
  const { formData, onChange } = props;
  const { error, ...texts } = readTexts(props);
  const { result, retry } = useTeams();
  const messageId = useId();

  const only =
    result.state === 'ready' && result.value.length === 1
      ? result.value[0].value
      : undefined;
  useEffect(() => {
    if (only && !formData) {
      onChange(only);
    }
  }, [only, formData, onChange]);

  if (result.state === 'loading') {
    return (
      <div className={fieldStyles.field} aria-busy="true">
        <Skeleton width="100%" height={64} />
      </div>
    );
  }
  if (result.state === 'failed') {
    return (
      <div className={fieldStyles.field}>
        <LoadFailure
          title="Your teams could not be loaded"
          error={result.error}
          onRetry={retry}
        />
      </div>
    );
  }
  if (result.value.length === 0) {
    return (
      <div className={fieldStyles.field}>
        <Alert
          status="warning"
          icon
          title="You are in no team"
          description="A service belongs to a team. Ask the platform team to add you to yours, then come back."
        />
      </div>
    );
  }
  const foreign = formData && !result.value.some(t => t.value === formData);
  const shown = foreign
    ? `You are not in ${formData}. Choose one of your teams.`
    : error && 'Choose one of your teams.';
  return (
    <div className={fieldStyles.field}>
      <Select
        {...texts}
        size="medium"
        placeholder="Choose a team"
        options={result.value}
        value={foreign ? null : formData || null}
        onChange={key => onChange(key === null ? undefined : String(key))}
        isInvalid={shown !== undefined}
        aria-describedby={messageId}
      />
      <FieldMessage id={messageId} error={shown} />
    </div>
  );
}
