import { Text } from '@backstage/ui';
import { Person } from '../people';
import styles from './SignInPage.module.css';

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map(word => word?.charAt(0) ?? '')
    .join('')
    .toLocaleUpperCase('en-US');
}

/**
 * One person to sign in as: name, what they do, and the groups they are in.
 *
 * @internal
 */
export function PersonButton(props: {
  person: Person;
  isDisabled: boolean;
  onPress: () => void;
}) {
  const { person, isDisabled, onPress } = props;
  const about = [person.title, person.groups.map(g => g.title).join(', ')];
  return (
    <button
      type="button"
      className={styles.person}
      disabled={isDisabled}
      onClick={onPress}
    >
      <span className={styles.initials} aria-hidden="true">
        {initials(person.displayName)}
      </span>
      <span className={styles.about}>
        <Text as="span" variant="body-large" weight="bold">
          {person.displayName}
        </Text>{' '}
        <Text as="span" variant="body-small" color="secondary">
          {about.filter(Boolean).join(' · ')}
        </Text>
      </span>
    </button>
  );
}
