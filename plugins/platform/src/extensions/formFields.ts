import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/** The fields that templates name in `ui:field`. @internal */
export const formFields = [
  FormFieldBlueprint.make({
    name: 'service-name',
    params: { field: () => import('../fields/Name').then(m => m.nameField) },
  }),
  FormFieldBlueprint.make({
    name: 'team',
    params: { field: () => import('../fields/Team').then(m => m.teamField) },
  }),
  FormFieldBlueprint.make({
    name: 'size',
    params: { field: () => import('../fields/Size').then(m => m.sizeField) },
  }),
  FormFieldBlueprint.make({
    name: 'environments',
    params: {
      field: () =>
        import('../fields/Environments').then(m => m.environmentsField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'cards',
    params: { field: () => import('../fields/Cards').then(m => m.cardsField) },
  }),
  FormFieldBlueprint.make({
    name: 'plan',
    params: { field: () => import('../fields/Plan').then(m => m.planField) },
  }),
];
