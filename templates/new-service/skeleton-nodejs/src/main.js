import { setTimeout as sleep } from 'node:timers/promises';
import { log } from './log.js';
import { createService } from './server.js';

const service = createService({
  name: ${{ values.name | dump }},
  version: process.env.VERSION ?? '0.1.0',
  log,
});

const port = await service.listen(Number(process.env.PORT ?? 8080));
log('info', 'listening', { port });

// Kubernetes removes the pod from its Service and sends SIGTERM at the same time:
// going on for a moment answers the requests that are still on their way.
const DRAIN_MILLISECONDS = Number(process.env.DRAIN_MILLISECONDS ?? 3000);

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    log('info', 'stopping', { signal });
    service.stopTakingTraffic();
    await sleep(signal === 'SIGTERM' ? DRAIN_MILLISECONDS : 0);
    await service.shutDown();
    log('info', 'stopped');
  });
}
