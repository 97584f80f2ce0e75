import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from '../__testUtils__';
import { Cards } from './Cards';

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
