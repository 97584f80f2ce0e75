import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { readServiceForm, type ServiceForm } from '../requests';

/** What the parts of a field that are not its value say. @internal */
export interface FieldTexts {
  readonly label: string;
  readonly description?: string;
  readonly isRequired: boolean;
  readonly isDisabled: boolean;
  /** What the form found on Next. */
  readonly error?: string;
}

/** Reads label, description and state as every field of a form has them. @internal */
export function readTexts<T>(
  props: FieldExtensionComponentProps<T, unknown>,
): FieldTexts {
  const { schema, uiSchema, required, disabled, readonly, rawErrors } = props;
  const label = uiSchema['ui:title'] ?? schema.title ?? props.name;
  return {
    label,
    description: uiSchema['ui:description'] ?? schema.description,
    isRequired: Boolean(required),
    isDisabled: Boolean(disabled || readonly),
    error: rawErrors?.length ? inWords(rawErrors, label) : undefined,
  };
}

/** The validator of the form speaks of properties. */
function inWords(errors: readonly string[], label: string): string {
  return errors
    .map(error =>
      error.startsWith('must have required property')
        ? `${label} is missing.`
        : error,
    )
    .join(' ');
}

/** The whole form's data, as far as a new service is asked about. @internal */
export function readForm<T>(
  props: FieldExtensionComponentProps<T, unknown>,
): ServiceForm {
  return readServiceForm(
    (props.formContext as { formData?: unknown } | undefined)?.formData,
  );
}
