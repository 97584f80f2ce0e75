import { useEffect } from 'react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Skeleton } from '@backstage/ui';
import {
  DEFAULT_ENVIRONMENT,
  ENVIRONMENTS,
  serviceNamespace,
  type Offerings,
} from '@waymark/plugin-platform-common';
import {
  LoadFailure,
  MultipleChoiceCards,
  type Choice,
} from '../../components';
import { useOfferings } from '../../hooks';
import { offeredSizes, type ServiceForm } from '../../requests';
import { readForm, readTexts } from '../fieldProps';
import fieldStyles from '../fields.module.css';

/** The environments of a service: development always, the others as they are offered. @internal */
export function Environments(
  props: FieldExtensionComponentProps<string[], unknown>,
) {
  const { formData, onChange } = props;
  const { result, retry } = useOfferings();
  const form = readForm(props);

  const hasDevelopment = formData?.includes(DEFAULT_ENVIRONMENT);
  useEffect(() => {
    if (!hasDevelopment) {
      onChange([DEFAULT_ENVIRONMENT, ...(formData ?? [])]);
    }
  }, [hasDevelopment, formData, onChange]);

  if (result.state === 'loading') {
    return (
      <div className={fieldStyles.field} aria-busy="true">
        <Skeleton width="100%" height={120} />
      </div>
    );
  }
  if (result.state === 'failed') {
    return (
      <div className={fieldStyles.field}>
        <LoadFailure
          title="The environments could not be loaded"
          error={result.error}
          onRetry={retry}
        />
      </div>
    );
  }
  return (
    <div className={fieldStyles.field}>
      <MultipleChoiceCards
        {...readTexts(props)}
        value={formData ?? []}
        onChange={chosen =>
          onChange(
            ENVIRONMENTS.filter(
              environment =>
                environment === DEFAULT_ENVIRONMENT ||
                chosen.includes(environment),
            ),
          )
        }
        choices={environmentChoices(result.value, form)}
      />
    </div>
  );
}

function environmentChoices(offerings: Offerings, form: ServiceForm): Choice[] {
  const { name, owner } = form;
  return ENVIRONMENTS.map(environment => {
    const offered =
      offerings.environments.includes(environment) &&
      (!owner || offeredSizes(offerings, owner, environment).length > 0);
    return {
      value: environment,
      title: environment,
      description: name
        ? `Namespace ${serviceNamespace(name, environment)}.`
        : undefined,
      fixed: environment === DEFAULT_ENVIRONMENT,
      unavailable:
        offered || environment === DEFAULT_ENVIRONMENT
          ? undefined
          : 'Not offered to your team: ask the platform team.',
    };
  });
}
