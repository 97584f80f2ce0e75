import { run } from './run';

// Whoever reads may have had enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

// ./portal, should it have been killed outright
process.once('disconnect', () => process.exit(1));

void run(process.argv.slice(2), process).then(status => {
  process.exitCode = status;
  process.removeAllListeners('disconnect');
  if (process.connected) process.disconnect(); // it would keep this process alive
});
