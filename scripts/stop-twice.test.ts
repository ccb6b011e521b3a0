import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const MAIN = new URL('../apps/bff/src/main.ts', import.meta.url).pathname;
const SERVE = new URL('./serve.mjs', import.meta.url).href;
const LAUNCHER = `
import { attend, sayOwnEnd, spawnNode } from ${JSON.stringify(SERVE)};
process.exitCode = await attend([spawnNode([${JSON.stringify(MAIN)}])], { onOwnEnd: sayOwnEnd });
`;
const PASSWORD = 'quiet-lakes-run-deep-7';
const PERSON = { email: 'a@example.com', password: PASSWORD };

let folder: string;
let port: number;
const launched: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lyss-twice-'));
  writeFileSync(join(folder, 'launcher.mjs'), LAUNCHER);
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  port = (free.address() as { port: number }).port;
  free.close();
});
afterEach(() => {
  for (const child of launched.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});
afterAll(() => {
  const database = findDatabase();
  if (database !== null) process.kill(database, 'SIGQUIT');
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function launch() {
  const env = { ...process.env, PORT: String(port), LYSS_DATA_DIR: join(folder, 'data'), LYSS_STOP_SECONDS: '20', LYSS_LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [join(folder, 'launcher.mjs')], { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true });
  launched.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  await expect.poll(() => output, { timeout: 60_000 }).toContain('is ready');
  return { child, said: () => output, ended: once(child, 'exit') };
}

async function send(path: string, body: object | undefined, cookie = ''): Promise<Response> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  return fetch(`http://127.0.0.1:${port}/api/v1${path}`, { ...init, headers: { origin: `http://localhost:${port}`, 'content-type': 'application/json', cookie } });
}

const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');

/** The built-in database's process; null where none is alive. */
function findDatabase(): number | null {
  try {
    const cluster = join(folder, 'data', 'postgres', 'cluster');
    const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

async function startAnswer(cookie: string): Promise<string> {
  const made = (await (await send('/chat/conversations', {}, cookie)).json()) as { data: { id: string } };
  const answer = await send(`/chat/conversations/${made.data.id}/replies`, { content: 'demo:slow Tell me everything', model: 'lyss-demo' }, cookie);
  expect(answer.status).toBeLessThan(300);
  // Its first words have come: it runs.
  await answer.body?.getReader().read();
  return made.data.id;
}

test('the first Ctrl-C says what is waited for; the second marks it, stops the database and leaves nothing running', async () => {
  const first = await launch();
  const token = /token=(\S+)/.exec(first.said())?.[1];
  const cookie = cookiesOf(await send('/setup', { token, ...PERSON, name: 'A', tenant_name: 'T', workspace: 'tttt', locale: 'en-US' }));
  const conversation = await startAnswer(cookie);
  expect(findDatabase()).not.toBeNull();
  first.child.kill('SIGINT');
  await expect.poll(first.said, { timeout: 5_000 }).toContain('Waiting for 1 answer, up to 20 s; Ctrl-C again ends now\n');
  await sleep(600);
  const pressed = performance.now();
  first.child.kill('SIGINT');
  expect(await first.ended).toEqual([0, null]);
  expect(performance.now() - pressed).toBeLessThan(8_000);
  expect(findDatabase()).toBeNull();
  await expect(send('/setup', undefined)).rejects.toThrow();

  const second = await launch();
  const again = cookiesOf(await send('/auth/login', PERSON));
  const read = (await (await send(`/chat/conversations/${conversation}/messages`, undefined, again)).json()) as { data: { items: { status: string }[] } };
  expect(read.data.items.map(({ status }) => status)).toContain('interrupted');
  second.child.kill('SIGINT');
  await second.ended;
  expect(second.said()).not.toContain('Waiting');
  expect(findDatabase()).toBeNull();
});

test('a server that is killed says so: by what, where to look, and how it goes on', async () => {
  const { child, said, ended } = await launch();
  const server = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0]);
  process.kill(server, 'SIGKILL');
  expect(await ended).toEqual([137, null]);
  expect(said()).toContain('The server ended by itself (SIGKILL)');
  expect(said()).toContain(join('data', 'postgres', 'postgres.log'));
  expect(said()).toContain('npm start');
});
