import './require-node.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root } from './programs.mjs';
import { reportFailure } from './report-failure.mjs';
import { attend, spawnNode } from './serve.mjs';

// The sources where they are, since those are never stale; an image brings the bundle alone.
const entry = ['apps/bff/src/cli.ts', 'apps/bff/dist/cli.js'].find((path) => existsSync(join(root, path)));

try {
  await ensureInstalled();
  process.exitCode = await attend([spawnNode([entry ?? 'apps/bff/dist/cli.js', ...process.argv.slice(2)])]);
} catch (error) {
  reportFailure(error);
}
