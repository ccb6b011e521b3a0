import './require-node.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuilt } from './build.mjs';
import { makeDemoEnvironment } from './demo-environment.mjs';
import { findFreePort } from './free-port.mjs';
import { ensureInstalled } from './install.mjs';
import { showProgress } from './progress.mjs';
import { reportFailure } from './report-failure.mjs';
import { attend, spawnNode, waitForEnd } from './serve.mjs';

const READY_MS = 60_000;

/** @param {string} url @param {import('node:child_process').ChildProcess} server */
async function waitUntilReady(url, server) {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline && server.exitCode === null) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error('The demo server did not get ready.');
}

const data_dir = mkdtempSync(join(tmpdir(), 'lyss-demo-'));
/** @type {import('node:child_process').ChildProcess | null} */
let server = null;
try {
  await ensureInstalled();
  await ensureBuilt();
  const port = process.env['PORT'] || String(await findFreePort());
  const url = `http://localhost:${port}`;
  const env = makeDemoEnvironment(process.env, { port, data_dir });
  server = spawnNode(['apps/bff/dist/main.js'], { env, stdio: 'pipe' });
  server.stderr?.pipe(process.stderr);
  server.stdout?.resume();
  const running = server;
  const ended = attend([running]);
  await showProgress('Starting the demo', 'Demo started', () => waitUntilReady(`http://127.0.0.1:${port}`, running));
  const seeded = await waitForEnd(spawnNode(['apps/bff/dist/cli.js', 'seed-demo'], { env }));
  if (seeded === 0) process.stdout.write(`\nThe demo is at ${url}; Ctrl-C ends it and deletes everything in it.\n`);
  else server.kill('SIGTERM');
  process.exitCode = (await ended) || seeded;
} catch (error) {
  reportFailure(error);
  if (server?.kill('SIGTERM')) await waitForEnd(server);
} finally {
  rmSync(data_dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
