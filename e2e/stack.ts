import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keepDatabaseLogs } from './canary/logs.ts';
import { findFreePort, reports, root, spawnNode, type RunningProcess } from './spawn-process.ts';

// Another build of the same app may be tried by naming its folder.
const APP = process.env['E2E_APP_ROOT'] ?? root;
const MAIN = join(APP, 'apps/bff/dist/main.js');
const PAGE = join(APP, 'apps/web/dist/index.html');
/** Where everything that servers answer is kept until the canary has searched it. */
export const wires = join(reports, 'e2e', 'canary', 'wires');
const READY_MS = 60_000;
const READY_CHECK_MS = 100;

export interface SupplierProcess {
  url: string;
  /** A port of this machine that the server may call and where nobody listens. */
  dead_url: string;
  egress_allow: string;
  stop(): Promise<void>;
}

/** Starts the supplier. */
export async function startSupplier(): Promise<SupplierProcess> {
  const running = spawnNode(join(root, 'e2e/supplier/main.ts'), {}, 'e2e-supplier.log');
  const port = Number((await running.waitFor(/listening (\d+)/))[1]);
  const dead = await findFreePort();
  return {
    url: `http://127.0.0.1:${port}`,
    dead_url: `http://127.0.0.1:${dead}`,
    egress_allow: `127.0.0.1:${port},127.0.0.1:${dead}`,
    stop: () => end(running, 'SIGTERM'),
  };
}

export interface ProviderProcess {
  issuer: string;
  client_id: string;
  client_secret: string;
  stop(): Promise<void>;
}

/** Starts an identity provider that others wrote, which sends people back to one address. */
export async function startProvider(port: number, redirect_uri: string): Promise<ProviderProcess> {
  const running = spawnNode(join(root, 'apps/bff/test/issuer/main.ts'), { ISSUER_PORT: String(port), REDIRECT_URIS: redirect_uri }, 'e2e-provider.log');
  const [line] = await running.waitFor(/\{"issuer".*\}/);
  return { ...(JSON.parse(line) as Omit<ProviderProcess, 'stop'>), stop: () => end(running, 'SIGTERM') };
}

export interface MailProcess {
  /** Where its letters can be read. */
  url: string;
  smtp_url: string;
  password: string;
  stop(): Promise<void>;
}

/** Starts the mail server. */
export async function startMail(): Promise<MailProcess> {
  const running = spawnNode(join(root, 'e2e/mail/main.ts'), {}, 'e2e-mail.log');
  const [, smtp, http] = await running.waitFor(/listening (\d+) (\d+)/);
  const password = `post ${randomUUID()}`;
  return { url: `http://127.0.0.1:${http}`, smtp_url: `smtp://lyss:${encodeURIComponent(password)}@127.0.0.1:${smtp}`, password, stop: () => end(running, 'SIGTERM') };
}

/** Lies before a server, whose answers all go through it and are kept. */
async function startWire(to: number): Promise<{ port: number; stop(): Promise<void> }> {
  mkdirSync(wires, { recursive: true });
  const port = await findFreePort();
  const env = { WIRE_PORT: String(port), WIRE_TO: String(to), WIRE_FILE: join(wires, `${port}-${randomUUID()}.jsonl`) };
  const running = spawnNode(join(root, 'e2e/wire/main.ts'), env, 'e2e-wire.log');
  await running.waitFor(/listening/);
  return { port, stop: () => end(running, 'SIGTERM') };
}

export interface Server {
  url: string;
  data_dir: string;
  metrics_url: string;
  /** As the last start printed it; null once the platform is set up. */
  setup_link(): string | null;
  /** kill -9: the database goes on alone until the next start. */
  kill(): Promise<void>;
  /** Starts it again on the same data and the same ports. */
  start(): Promise<void>;
  /** Ends it gracefully and removes its data. */
  stop(): Promise<void>;
}

/** Starts the built app on data of its own and waits until it is ready. */
export async function startServer({ egress_allow = '', smtp_url = '' }: { egress_allow?: string; smtp_url?: string } = {}): Promise<Server> {
  for (const built of [MAIN, PAGE]) if (!existsSync(built)) throw new Error(`${built} is missing: npm run build`);
  const data_dir = mkdtempSync(join(tmpdir(), 'lyss-e2e-'));
  const [port, metrics] = [await findFreePort(), await findFreePort()];
  const wire = await startWire(port);
  const url = `http://localhost:${wire.port}`;
  const env = {
    PORT: String(port),
    LYSS_PUBLIC_URL: url,
    LYSS_OPERATIONS_PORT: String(metrics),
    // Whatever could be logged is.
    LYSS_LOG_LEVEL: 'debug',
    LYSS_DATA_DIR: data_dir,
    LYSS_EGRESS_ALLOW: egress_allow,
    LYSS_SMTP_URL: smtp_url,
    LYSS_MAIL_FROM: 'Lyss <lyss@example.com>',
    LYSS_REQUESTS_PER_PERSON: '1000000',
    LYSS_REQUESTS_PER_NETWORK: '1000000',
    LYSS_STOP_SECONDS: '3',
  };
  let running: RunningProcess | null = null;
  const start = async () => {
    running = spawnNode(MAIN, env, 'e2e-server.log');
    await running.waitFor(/is ready\n/);
    await waitUntilReady(url);
  };
  const close = async (signal: NodeJS.Signals) => {
    if (running) await end(running, signal);
    running = null;
  };
  await start();
  return {
    url,
    data_dir,
    metrics_url: `http://127.0.0.1:${metrics}/metrics`,
    start,
    setup_link: () => /Set up\s+(\S+)/.exec(running?.output() ?? '')?.[1] ?? null,
    kill: () => close('SIGKILL'),
    async stop() {
      await close('SIGTERM');
      await wire.stop();
      endOrphan(data_dir);
      keepDatabaseLogs(data_dir);
      rmSync(data_dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(READY_MS) });
    const text = await response.text();
    if (response.ok) return;
    // A machine that is busy may keep its database waiting for a moment.
    if (Date.now() > deadline) throw new Error(`${url}/health/ready answers ${response.status}: ${text}`);
    await wait(READY_CHECK_MS);
  }
}

async function end(running: RunningProcess, signal: NodeJS.Signals): Promise<void> {
  if (running.child.exitCode === null && running.child.signalCode === null) running.child.kill(signal);
  await running.ended;
}

/** The database of a server that was killed and not started again: its own process id stands in our own data folder. */
function endOrphan(data_dir: string): void {
  const file = join(data_dir, 'postgres', 'cluster', 'postmaster.pid');
  if (!existsSync(file)) return;
  try {
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGINT');
  } catch {
    // It has ended meanwhile.
  }
}
