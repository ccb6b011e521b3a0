import './require-node.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { reportFailure } from './report-failure.mjs';
import { attend, sayOwnEnd, spawnNode } from './serve.mjs';

try {
  await ensureInstalled();
  await ensureBuilt();
  process.exitCode = await attend([spawnNode(['apps/bff/dist/main.js', ...process.argv.slice(2)])], { onOwnEnd: sayOwnEnd });
} catch (error) {
  reportFailure(error);
}
