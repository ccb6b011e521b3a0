import { once } from 'node:events';
import { connect, createServer, isIPv6, type AddressInfo, type Server } from 'node:net';
import { Agent } from 'undici';
import { createConnector } from './connect.ts';
import { createEgress, EgressError } from './fetch.ts';
import { createJudgedNames } from './judged-names.ts';
import type { Resolver } from './resolve.ts';

/** The one address of the attack that may be called; in a namespace it lies on loopback like the others. */
export const PUBLIC_ADDRESS = '93.184.215.14';
const CLOSED_ADDRESS = '10.99.99.99';
const ROUNDS = 6;

export interface WallReport {
  /** Forbidden addresses and ports that a plain connection reached: proof that somebody listened. */
  reached: number;
  tried: number;
  /** Connections that came through the wall. The only good number is 0. */
  accepted: number;
  /** Every outcome as text; more than one would tell addresses or ports apart. */
  outcomes: string[];
  /** Half of the refusals took no longer, where somebody listened and where nobody did. */
  median_ms: { open: number; closed: number };
  /** What came of calls to a name that answers public, private, public, …, and which addresses they reached. */
  rebinding: { outcomes: string[]; reached: string[] } | null;
}

/** Listens on forbidden addresses and tries to get there by literals, names, mixed and changing answers, past every door. */
export async function attackWall(options: { addresses: readonly string[]; ports: readonly number[]; rebind_to?: string }): Promise<WallReport> {
  let accepted = 0;
  const servers = await Promise.all(options.ports.map((port) => listen(port, (local) => (accepted += local === PUBLIC_ADDRESS ? 0 : 1))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const address of options.addresses) for (const port of ports) await touch(address, port);
  const reached = accepted;
  accepted = 0;

  const outcomes = new Set<string>();
  const times_ms: Record<'open' | 'closed', number[]> = { open: [], closed: [] };
  const attempt = async (key: 'open' | 'closed', call: () => Promise<unknown>) => {
    const start = performance.now();
    outcomes.add(await call().then(() => 'answered', describe));
    times_ms[key].push(performance.now() - start);
  };
  for (const address of options.addresses) for (const port of ports) for (const call of listAttacks(address, port)) await attempt('open', call);
  for (const call of [...listAttacks(CLOSED_ADDRESS, 443), ...options.addresses.flatMap((address) => listAttacks(address, 1))]) await attempt('closed', call);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const { open, closed } = times_ms;
  const rebinding = options.rebind_to === undefined ? null : await attackByRebinding(options.rebind_to);
  return { reached, tried: open.length + closed.length, accepted, outcomes: [...outcomes], median_ms: { open: findMedian(open), closed: findMedian(closed) }, rebinding };
}

function findMedian(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

async function attackByRebinding(address: string): Promise<{ outcomes: string[]; reached: string[] }> {
  let asked = 0;
  const reached = new Set<string>();
  const server = await listen(443, (local) => reached.add(local));
  const egress = createEgress({ allow: [], resolve: async () => [asked++ % 2 === 0 ? PUBLIC_ADDRESS : address] });
  const outcomes: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    outcomes.push(await egress.fetch({ url: 'https://rebinding.example/', request_id: 'r', limits: { connect_ms: 500 } }).then(() => 'answered', describe));
  }
  await egress.close();
  await new Promise((resolve) => server.close(resolve));
  return { outcomes, reached: [...reached] };
}

function listAttacks(address: string, port: number): (() => Promise<unknown>)[] {
  const host = isIPv6(address) ? `[${address}]` : address;
  const literals = ['https', 'http'].map((scheme) => () => fetchOnce(`${scheme}://${host}:${port}/`, []));
  const answers = [[address], [PUBLIC_ADDRESS, address], [address, PUBLIC_ADDRESS], [`::ffff:${address}`]];
  // By the front door a name always means port 443; the inner one is tried at the very port that listens.
  return [...literals, ...answers.flatMap((given) => [() => fetchOnce('https://name.example/', given), () => connectOnce(port, given)])];
}

async function fetchOnce(url: string, answers: string[]): Promise<void> {
  const egress = createEgress({ allow: [], resolve: async () => answers });
  const revealFor = async () => Promise.reject(new Error('the key was opened'));
  await egress.fetch({ url, request_id: 'r', credential: { id: 'c', revealFor, headers: () => ({}) } }).finally(() => egress.close());
}

async function connectOnce(port: number, answers: string[]): Promise<void> {
  const resolve: Resolver = async () => answers;
  const names = createJudgedNames({ allow: [], resolve, lookup_ms: 500 });
  const agent = new Agent({ connect: createConnector({ names, connect_ms: 500 }) });
  await agent.request({ origin: `http://name.example:${port}`, path: '/', method: 'GET' }).finally(() => agent.destroy());
}

function describe(error: unknown): string {
  if (error instanceof EgressError) return [error.kind, error.phase, error.code ?? '', error.message].join(' · ');
  return String(error);
}

async function listen(port: number, onAccepted: (local: string) => void): Promise<Server> {
  const server = createServer((socket) => {
    onAccepted((socket.localAddress ?? '').replace('::ffff:', ''));
    socket.destroy();
  });
  server.listen(port, '::');
  await once(server, 'listening');
  return server;
}

async function touch(address: string, port: number): Promise<void> {
  const socket = connect({ host: address, port });
  socket.on('error', () => {});
  await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, 500))]);
  socket.destroy();
}
