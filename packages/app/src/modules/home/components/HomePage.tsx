import { Text } from '@backstage/ui';
import { useMyDeliveries } from '../hooks';
import { CatalogCounts } from './CatalogCounts';
import { Hero } from './Hero';
import styles from './HomePage.module.css';
import { MyComponents } from './MyComponents';
import { MyDeliveries } from './MyDeliveries';
import { MyTasks } from './MyTasks';
import { PlatformHealth } from './PlatformHealth';

/**
 * What to do, what is mine, and how the platform is doing.
 *
 * @internal
 */
export function HomePage() {
  const deliveries = useMyDeliveries();
  return (
    <main className={styles.page}>
      <Hero />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Text as="h2" variant="title-small" weight="bold">
            Yours
          </Text>
          <MyComponents deliveries={deliveries.state} />
          <MyDeliveries deliveries={deliveries} />
          <MyTasks />
        </div>
        <div className={styles.column}>
          <Text as="h2" variant="title-small" weight="bold">
            The platform
          </Text>
          <PlatformHealth />
          <CatalogCounts />
        </div>
      </div>
    </main>
  );
}
