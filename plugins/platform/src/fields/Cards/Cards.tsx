import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { ChoiceCards } from '../../components';
import { readTexts } from '../fieldProps';
import fieldStyles from '../fields.module.css';

/** The `ui:options` of `WaymarkCards`. @internal */
export interface CardsOptions {
  /** Title and description by the value in the schema's `enum`. */
  readonly cards?: Readonly<
    Record<string, { readonly title?: string; readonly description?: string }>
  >;
}

/** A choice among the values of the schema's `enum`, one card each. @internal */
export function Cards(
  props: FieldExtensionComponentProps<string, CardsOptions>,
) {
  const { schema, uiSchema, formData, onChange } = props;
  const cards = uiSchema['ui:options']?.cards ?? {};
  const values = (schema.enum ?? []).map(String);
  return (
    <div className={fieldStyles.field}>
      <ChoiceCards
        {...readTexts(props)}
        value={formData}
        onChange={onChange}
        choices={values.map(value => ({
          value,
          title: cards[value]?.title ?? value,
          description: cards[value]?.description,
        }))}
      />
    </div>
  );
}
