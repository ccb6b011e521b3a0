import { startServer } from './start-server.ts';
import { ConfigurationError } from './config.ts';
import { CONFIGURATION_EXIT } from './exit-codes.ts';

const starting = startServer(process.env, (line) => process.stdout.write(`${line}\n`));
let stopping = false;

/** Registered before anything runs: a signal during the start waits for it and then stops it in order, the database last. */
function stop(): void {
  // The second signal means now.
  if (stopping) process.exit(1);
  stopping = true;
  starting
    .then((server) => server.stop())
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
