import { ReactElement, useState } from 'react';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  entityPresentationApiRef,
  type EntityPresentationApi,
} from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { platformApiRef, type PlatformApi } from '../../api';
import { fakePlatform, PAYMENTS } from './fakePlatform';

const presentation: EntityPresentationApi = {
  forEntity: entity => {
    const snapshot = {
      entityRef: String(entity),
      primaryTitle: entity === PAYMENTS ? 'Payments' : 'Storefront',
    };
    return { snapshot, promise: Promise.resolve(snapshot) };
  },
};

/** A field and the form it stands in. */
export interface Field {
  readonly Component: (
    props: FieldExtensionComponentProps<any, any>,
  ) => ReactElement | null;
  readonly name: string;
  readonly title: string;
  readonly form?: Record<string, unknown>;
  readonly schema?: Record<string, unknown>;
  readonly uiSchema?: Record<string, unknown>;
  readonly rawErrors?: string[];
}

/** The field as the form draws it, holding what it is told. */
export function renderField(
  field: Field,
  platform: PlatformApi = fakePlatform(),
) {
  const values: unknown[] = [];
  function Form() {
    const [form, setForm] = useState(field.form ?? {});
    const props = {
      name: field.name,
      schema: { title: field.title, ...field.schema },
      uiSchema: field.uiSchema ?? {},
      required: true,
      rawErrors: field.rawErrors ?? [],
      formData: form[field.name],
      formContext: { formData: form },
      onChange: (value: unknown) => {
        values.push(value);
        setForm(before => ({ ...before, [field.name]: value }));
      },
    } as unknown as FieldExtensionComponentProps<any, any>;
    return <field.Component {...props} />;
  }
  renderInTestApp(
    <TestApiProvider
      apis={[
        [platformApiRef, platform],
        [entityPresentationApiRef, presentation],
      ]}
    >
      <Form />
    </TestApiProvider>,
  );
  return { values, platform };
}

/** What the field's validation says when the person goes on. */
export async function validate(
  field: unknown,
  value: unknown,
  options: { form?: Record<string, unknown>; platform?: PlatformApi } = {},
) {
  const { validation } = field as {
    validation: (
      value: unknown,
      field: { addError(message: string): void },
      context: unknown,
    ) => Promise<void>;
  };
  const errors: string[] = [];
  const platform = options.platform ?? fakePlatform();
  await validation(
    value,
    { addError: message => errors.push(message) },
    {
      apiHolder: { get: () => platform },
      formData: options.form ?? {},
    },
  );
  return errors;
}
