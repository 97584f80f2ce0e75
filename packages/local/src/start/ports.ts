import { say } from '../../bootstrap/progress';
import { isPortFree } from '../processes/freePort';

/**
 * The development server's port, as Backstage developers know it.
 * @internal
 */
export const APP_DEVELOPMENT_PORT = 3000;

/**
 * @throws Error that names the port which is taken, and what to do
 * @internal
 */
export async function requireFreePorts(
  port: number,
  watch: boolean,
): Promise<void> {
  if (!(await isPortFree(port))) {
    throw new Error(
      `Port ${port} is taken by another program. Start on another one: ./portal ${
        watch ? 'dev' : 'start'
      } --port ${port + 1}`,
    );
  }
  if (watch && !(await isPortFree(APP_DEVELOPMENT_PORT))) {
    throw new Error(
      `Port ${APP_DEVELOPMENT_PORT}, where ./portal dev serves the app, is taken by another program. End that program, or use ./portal start.`,
    );
  }
}

/**
 * The portal serves no metrics where their port is taken: what scrapes it would not find it on another one.
 * @internal
 */
export async function sayIfTaken(metricsPort: number): Promise<void> {
  if (await isPortFree(metricsPort)) return;
  say(
    `Port ${metricsPort} is taken by another program: this portal serves no metrics for Prometheus. --metrics-port or WAYMARK_METRICS_PORT gives them another port.`,
  );
}
