import { ButtonLink, Text } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import styles from './Hero.module.css';

/** Where *Create New Service* begins. */
const NEW_SERVICE = '/create/templates/default/new-service';

/**
 * The first thing on the first page: make something.
 *
 * @internal
 */
export function Hero() {
  return (
    <section className={styles.hero} aria-labelledby="hero">
      <div className={styles.text}>
        <Text as="h1" id="hero" variant="title-large" weight="bold">
          What will you build?
        </Text>
        <p className={styles.about}>
          A repository to clone, a guarded namespace, a first deployment and a
          place in the catalog: one form, about half a minute.
        </p>
      </div>
      <ButtonLink
        className={styles.action}
        href={NEW_SERVICE}
        iconStart={<RiAddLine />}
      >
        Create New Service
      </ButtonLink>
    </section>
  );
}
