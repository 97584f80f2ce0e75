import { ButtonLink, Text } from '@backstage/ui';
import styles from './HomePage.module.css';

/**
 * The home page.
 *
 * @internal
 */
export function HomePage() {
  return (
    <main className={styles.page}>
      <section className={styles.hero} aria-labelledby="home-title">
        <Text as="h1" id="home-title" variant="title-large" weight="bold">
          Create New Service
        </Text>
        <ButtonLink href="/create/templates/default/new-service">
          Create New Service
        </ButtonLink>
      </section>
    </main>
  );
}
