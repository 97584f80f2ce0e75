import { ReactElement, useState } from 'react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  entityPresentationApiRef,
  type EntityPresentationApi,
} from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import {
  DEFAULT_SIZES,
  evaluateRequest,
  type Offerings,
  type PlatformRequest,
  type SizeName,
} from '@waymark/plugin-platform-common';
import { platformApiRef, type PlatformApi } from '../api';
import { Cards } from './Cards/Cards';
import { Environments } from './Environments/Environments';
import { environmentsField } from './Environments';
import { nameField } from './Name';
import { ServiceName } from './Name/ServiceName';
import { planField } from './Plan';
import { Plan } from './Plan/Plan';
import { sizeField } from './Size';
import { Size } from './Size/Size';
import { teamField } from './Team';
import { Team } from './Team/Team';

const PAYMENTS = 'group:default/team-payments';
const STOREFRONT = 'group:default/team-storefront';

function offerings(teams = [PAYMENTS, STOREFRONT]): Offerings {
  const allowed = teams.flatMap(team => [
    {
      team,
      environment: 'development' as const,
      sizes: ['small', 'medium'] as SizeName[],
    },
    { team, environment: 'staging' as const, sizes: ['small'] as SizeName[] },
    { team, environment: 'production' as const, sizes: [] },
  ]);
  return {
    teams,
    kinds: [
      { kind: 'Namespace', title: 'Kubernetes namespace', allowed },
      {
        kind: 'Repository',
        title: 'Git repository',
        allowed: teams.map(team => ({
          team,
          environment: 'development' as const,
          sizes: ['small'] as SizeName[],
        })),
      },
    ],
    environments: ['development', 'staging', 'production'],
    sizes: DEFAULT_SIZES,
    names: {
      pattern: '',
      serviceMaxLength: 50,
      namespaceMaxLength: 63,
      reserved: [],
    },
    engines: [],
    versions: [],
    regions: [],
    cost: { lines: [] },
  };
}

/** A platform that knows one component, and judges like the real one. */
function fakePlatform(overrides: Partial<PlatformApi> = {}) {
  const api = {
    getOfferings: jest.fn(async () => offerings()),
    dryRun: jest.fn(async (request: PlatformRequest) => ({
      verdicts: evaluateRequest(request, {
        teams: [PAYMENTS, STOREFRONT],
        sizes: DEFAULT_SIZES,
        limits: [],
        existing:
          request.name === 'checkout'
            ? [
                {
                  what: 'component' as const,
                  ref: 'component:default/checkout',
                  owner: PAYMENTS,
                  managed: true,
                },
              ]
            : [],
      }),
      cost: { lines: [] },
      objects: [],
      changes: [],
      notes: ['Local cluster: containers are not started.'],
      existing: false,
    })),
    ...overrides,
  };
  return api as unknown as jest.Mocked<PlatformApi>;
}

const presentation: EntityPresentationApi = {
  forEntity: entity => {
    const snapshot = {
      entityRef: String(entity),
      primaryTitle: entity === PAYMENTS ? 'Payments' : 'Storefront',
    };
    return { snapshot, promise: Promise.resolve(snapshot) };
  },
};

interface Field {
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
function renderField(field: Field, platform: PlatformApi = fakePlatform()) {
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
async function validate(
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

describe('WaymarkServiceName', () => {
  const field = { Component: ServiceName, name: 'name', title: 'Name' };
  const withOwner = { ...field, form: { owner: PAYMENTS } };

  it('says at once what is wrong with the format', async () => {
    const { platform } = renderField(withOwner);
    const input = await screen.findByRole('textbox', { name: /Name/ });
    await userEvent.type(input, 'Ab');
    expect(await screen.findByText(/use lower-case letters/)).toBeVisible();
    expect(input).toBeInvalid();
    expect(input).toHaveAccessibleDescription(/use lower-case letters/);
    expect(platform.dryRun).not.toHaveBeenCalled();
  });

  it('says in the words of the platform that a name is taken', async () => {
    renderField(withOwner);
    await userEvent.type(await screen.findByRole('textbox'), 'checkout');
    expect(
      await screen.findByText(
        'The name "checkout" is taken: component:default/checkout belongs to group:default/team-payments. Choose another name.',
      ),
    ).toBeVisible();
    expect(screen.getByRole('textbox')).toBeInvalid();
  });

  it('says that a name is free, once the typing pauses', async () => {
    const { platform, values } = renderField(withOwner);
    await userEvent.type(await screen.findByRole('textbox'), 'orders');
    expect(await screen.findByText(/"orders" is free/)).toBeVisible();
    expect(platform.dryRun).toHaveBeenCalledTimes(2);
    expect(values[values.length - 1]).toBe('orders');
  });

  it('says so when it cannot ask', async () => {
    renderField(
      withOwner,
      fakePlatform({ dryRun: () => Promise.reject(new Error('No answer.')) }),
    );
    await userEvent.type(await screen.findByRole('textbox'), 'orders');
    expect(await screen.findByText(/is not known: No answer\./)).toBeVisible();
  });

  it('is checked again when the person goes on', async () => {
    expect(await validate(nameField, 'orders')).toEqual([]);
    expect(await validate(nameField, '-a')).toEqual([
      expect.stringContaining('not a valid name'),
    ]);
    expect(
      await validate(nameField, 'checkout', { form: { owner: PAYMENTS } }),
    ).toEqual([expect.stringContaining('is taken')]);
  });
});

describe('WaymarkTeam', () => {
  const field = { Component: Team, name: 'owner', title: 'Team' };

  it('offers the teams of the person by their titles', async () => {
    const { values } = renderField(field);
    await userEvent.click(await screen.findByRole('button', { name: /Team/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Storefront' }),
    );
    expect(values).toEqual([STOREFRONT]);
  });

  it('chooses the only team', async () => {
    const { values } = renderField(
      field,
      fakePlatform({ getOfferings: async () => offerings([PAYMENTS]) }),
    );
    await waitFor(() => expect(values).toEqual([PAYMENTS]));
  });

  it('says what to do without a team', async () => {
    renderField(
      field,
      fakePlatform({ getOfferings: async () => offerings([]) }),
    );
    expect(await screen.findByText('You are in no team')).toBeVisible();
  });

  it('tries again after a failure', async () => {
    const getOfferings = jest
      .fn()
      .mockRejectedValueOnce(new Error('The portal is starting.'))
      .mockResolvedValue(offerings());
    renderField(field, fakePlatform({ getOfferings }));
    expect(await screen.findByText('The portal is starting.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: /Team/ })).toBeVisible();
  });

  it('refuses a team that the person is not in', async () => {
    expect(await validate(teamField, PAYMENTS)).toEqual([]);
    expect(await validate(teamField, 'group:default/team-logistics')).toEqual([
      expect.stringContaining('You are not in group:default/team-logistics'),
    ]);
  });
});

describe('WaymarkSize', () => {
  const field = { Component: Size, name: 'size', title: 'Size' };
  const form = {
    name: 'orders',
    owner: PAYMENTS,
    environments: ['development', 'staging'],
  };

  it('says what each size means, and which is not offered where', async () => {
    const { values } = renderField({
      ...field,
      form: { ...form, size: 'small' },
    });
    const small = await screen.findByRole('radio', { name: /small/ });
    expect(small).toBeChecked();
    expect(screen.getByText(/2 vCPU, 4 GB memory, 10 pods/)).toBeVisible();
    expect(screen.getByRole('radio', { name: /medium/ })).toBeDisabled();
    expect(
      screen.getAllByText(/Not offered to your team in .*staging/).length,
    ).toBe(3);
    expect(values).toEqual([]);
  });

  it('is chosen with the keyboard', async () => {
    const { values } = renderField({
      ...field,
      form: { ...form, environments: ['development'], size: 'small' },
    });
    await screen.findByRole('radio', { name: /small/ });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    expect(values).toEqual(['medium']);
  });

  it('says what failed', async () => {
    renderField(
      field,
      fakePlatform({ getOfferings: () => Promise.reject(new Error('Down.')) }),
    );
    expect(await screen.findByText('Down.')).toBeVisible();
  });

  it('refuses a size over the limit in the words of the platform', async () => {
    expect(await validate(sizeField, 'small', { form })).toEqual([]);
    expect(await validate(sizeField, 'medium', { form })).toEqual([
      'Size "medium" is over the limit. Allowed for group:default/team-payments in staging: small.',
    ]);
  });
});

describe('WaymarkEnvironments', () => {
  const field = {
    Component: Environments,
    name: 'environments',
    title: 'Environments',
  };
  const form = { name: 'orders', owner: PAYMENTS };

  it('has development always, and offers what the team may have', async () => {
    const { values } = renderField({ ...field, form });
    const development = await screen.findByRole('checkbox', {
      name: /development/,
    });
    await waitFor(() => expect(development).toBeChecked());
    expect(screen.getByRole('checkbox', { name: /production/ })).toBeDisabled();
    await userEvent.click(development);
    await userEvent.click(screen.getByRole('checkbox', { name: /staging/ }));
    expect(development).toBeChecked();
    expect(values[values.length - 1]).toEqual(['development', 'staging']);
  });

  it('refuses an environment that is not offered', async () => {
    expect(
      await validate(environmentsField, ['production'], {
        form: { ...form, environments: ['production'] },
      }),
    ).toEqual([
      expect.stringContaining('may not have a Namespace in production'),
    ]);
  });
});

describe('WaymarkCards', () => {
  it('offers the values of the enum', async () => {
    const { values } = renderField({
      Component: Cards,
      name: 'runtime',
      title: 'Runtime',
      schema: { enum: ['nodejs', 'go'] },
      uiSchema: { 'ui:options': { cards: { go: { title: 'Go' } } } },
      rawErrors: ["must have required property 'Runtime'"],
    });
    const group = await screen.findByRole('radiogroup', { name: /Runtime/ });
    expect(within(group).getAllByRole('radio')).toHaveLength(2);
    expect(group).toHaveAccessibleDescription('Runtime is missing.');
    await userEvent.click(screen.getByRole('radio', { name: 'Go' }));
    expect(values).toEqual(['go']);
  });
});

describe('WaymarkPlan', () => {
  const field = { Component: Plan, name: 'plan', title: 'What will be made' };
  const form = {
    name: 'orders',
    owner: PAYMENTS,
    environments: ['development'],
    size: 'small',
  };

  it('says what will be made, and keeps it for the review', async () => {
    const { values } = renderField({ ...field, form });
    expect(
      await screen.findByText(/Namespace orders-development with a quota of 2/),
    ).toBeVisible();
    expect(screen.getByText(/containers are not started/)).toBeVisible();
    expect(values).toHaveLength(1);
    expect(values[0]).toContainEqual(
      expect.stringContaining('Repository team-payments/orders'),
    );
  });

  it('says what refuses it, and lets nobody go on', async () => {
    const taken = { ...form, name: 'checkout' };
    renderField({ ...field, form: taken });
    expect(await screen.findByText(/is taken/)).toBeVisible();
    expect(await validate(planField, [], { form: taken })).toEqual([
      expect.stringContaining('is taken'),
    ]);
  });

  it('tries again when the platform could not be asked', async () => {
    const platform = fakePlatform();
    platform.dryRun.mockRejectedValueOnce(new Error('No answer.'));
    renderField({ ...field, form }, platform);
    expect(await screen.findByText('No answer.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/Component orders/)).toBeVisible();
  });
});
