import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

// A server that stops at the first signal after a while and at the second at once, and says so.
const SERVER = `
let count = 0;
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {
  console.log(name, ++count);
  if (count === 1) setTimeout(() => process.exit(7), 1500);
  else process.exit(9);
});
setInterval(() => {}, 1000);
console.log('pid', process.pid);
`;
const LAUNCHER = `
import { attend, spawnNode } from ${JSON.stringify(new URL('./serve.mjs', import.meta.url).href)};
process.exitCode = await attend([spawnNode([process.argv[2]])]);
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lyss-serve-'));
  writeFileSync(join(folder, 'server.mjs'), SERVER);
  writeFileSync(join(folder, 'launcher.mjs'), LAUNCHER);
});
afterAll(() => rmSync(folder, { recursive: true }));

const servers: number[] = [];
afterEach(() => {
  // What a failing test leaves running would hold the runner's output open.
  for (const pid of servers.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

interface Launched {
  child: ChildProcess;
  said(): string;
  server: number;
}

async function launch(command = process.execPath, args = [join(folder, 'launcher.mjs'), join(folder, 'server.mjs')]): Promise<Launched> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, npm_lifecycle_event: 'start' }, detached: true });
  let output = '';
  child.stdout?.on('data', (text) => (output += String(text)));
  await expect.poll(() => output, { timeout: 20_000 }).toContain('pid');
  const server = Number(/pid (\d+)/.exec(output)?.[1]);
  servers.push(server);
  return { child, said: () => output, server };
}

async function expectEnd(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    // In a container nobody may collect it: a zombie answers, but has ended.
    if (process.platform === 'linux') return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('one Ctrl-C, heard twice (the terminal and npm), is one graceful stop, and the exit code passes through', async () => {
  const { child, said } = await launch();
  child.kill('SIGINT');
  await sleep(50);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([7, null]);
  expect(said()).toMatch(/pid \d+\nSIGINT 1\n$/);
});

test('a second Ctrl-C means hurry', async () => {
  const { child, said } = await launch();
  child.kill('SIGINT');
  await sleep(600);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([9, null]);
  expect(said()).toContain('SIGINT 2');
});

test('a launcher that is killed outright takes the server along, so its port is free', async () => {
  const { child, server } = await launch();
  child.kill('SIGKILL');
  await expectEnd(server);
});

test('where npm is told to stop and ends with its shell, the server stops gracefully all the same', async () => {
  const { child, server, said } = await launch('sh', ['-c', `"${process.execPath}" "${join(folder, 'launcher.mjs')}" "${join(folder, 'server.mjs')}"; true`]);
  child.kill('SIGTERM');
  await expectEnd(server);
  expect(said()).toContain('SIGTERM 1');
});
