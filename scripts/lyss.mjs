import './require-node.mjs';
import { ensureInstalled } from './install.mjs';
import { reportFailure } from './report-failure.mjs';
import { attend, spawnNode } from './serve.mjs';

// The sources as they are, since those are never stale; an image has the bundle beside the server's, see deploy/README.md.
try {
  await ensureInstalled();
  process.exitCode = await attend([spawnNode(['apps/bff/src/cli.ts', ...process.argv.slice(2)])]);
} catch (error) {
  reportFailure(error);
}
