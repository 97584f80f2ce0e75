import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Skeleton } from '@backstage/ui';
import {
  describeSize,
  SIZE_NAMES,
  type Offerings,
} from '@waymark/plugin-platform-common';
import { ChoiceCards, LoadFailure, type Choice } from '../../components';
import { useOfferings } from '../../hooks';
import { offeredSizes, type ServiceForm } from '../../requests';
import { readForm, readTexts } from '../fieldProps';
import fieldStyles from '../fields.module.css';

/** How much each environment may use: one card a size. @internal */
export function Size(props: FieldExtensionComponentProps<string, unknown>) {
  const { result, retry } = useOfferings();
  const form = readForm(props);

  if (result.state === 'loading') {
    return (
      <div className={fieldStyles.field} aria-busy="true">
        <Skeleton width="100%" height={140} />
      </div>
    );
  }
  if (result.state === 'failed') {
    return (
      <div className={fieldStyles.field}>
        <LoadFailure
          title="The sizes could not be loaded"
          error={result.error}
          onRetry={retry}
        />
      </div>
    );
  }
  return (
    <div className={fieldStyles.field}>
      <ChoiceCards
        {...readTexts(props)}
        value={props.formData}
        onChange={props.onChange}
        choices={sizeChoices(result.value, form)}
      />
    </div>
  );
}

function sizeChoices(offerings: Offerings, form: ServiceForm): Choice[] {
  const { owner, environments } = form;
  return SIZE_NAMES.map(size => {
    const refusing = owner
      ? environments.filter(
          environment =>
            !offeredSizes(offerings, owner, environment).includes(size),
        )
      : [];
    return {
      value: size,
      title: size,
      description: describeSize(offerings.sizes[size]),
      unavailable: refusing.length
        ? `Not offered to your team in ${refusing.join(' and ')}.`
        : undefined,
    };
  });
}
