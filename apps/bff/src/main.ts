import { startServer } from './start-server.ts';
import { ConfigurationError } from './config.ts';
import { CONFIGURATION_EXIT } from './exit-codes.ts';

// Longer than everything a hurried end waits for, a database that takes its time included.
const LAST_RESORT_MS = 40_000;

const starting = startServer(process.env, (line) => process.stdout.write(`${line}\n`));
let signals = 0;

/** Registered before anything runs: a signal during the start waits for it and then stops it in order, the database last. */
function stop(): void {
  signals += 1;
  // The second signal means now, and still leaves nothing behind; a third has nothing to add.
  if (signals > 2) return;
  const hurried = signals === 2;
  if (hurried) setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
  starting
    .then((server) => (hurried ? server.hurry() : server.stop()))
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);

starting.catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(error instanceof ConfigurationError ? CONFIGURATION_EXIT : 1);
});
