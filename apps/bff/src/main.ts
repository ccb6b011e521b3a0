import { startServer } from './start-server.ts';
import { ConfigurationError } from './config.ts';

const CONFIGURATION_EXIT = 78; // EX_CONFIG of sysexits.h

try {
  const server = await startServer(process.env, (line) => process.stdout.write(`${line}\n`));
  let stopping = false;
  const stop = () => {
    // The second signal means now.
    if (stopping) process.exit(1);
    stopping = true;
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(error instanceof ConfigurationError ? CONFIGURATION_EXIT : 1);
}
