import './require-node.mjs';
import { ensureInstalled } from './install.mjs';
import { getProgram } from './programs.mjs';
import { reportFailure } from './report-failure.mjs';
import { attend, spawnNode } from './serve.mjs';

const api_port = process.env['LYSS_DEV_API_PORT'] || '3001';
const port = process.env['PORT'] || '3000';

try {
  await ensureInstalled();
  const env = { LYSS_DEV_API_PORT: api_port };
  // The browser talks to vite, so that is the origin which the server must expect.
  const api = { PORT: api_port, LYSS_PUBLIC_URL: process.env['LYSS_PUBLIC_URL'] || `http://localhost:${port}` };
  process.exitCode = await attend([
    spawnNode([getProgram('vite'), '--config', 'vite.config.ts', '--clearScreen', 'false'], { env: { ...env, PORT: port } }),
    spawnNode(['--watch', '--watch-preserve-output', 'apps/bff/src/main.ts'], { env: { ...env, ...api } }),
  ]);
} catch (error) {
  reportFailure(error);
}
