// A console read behind the wall against a bare Node server that answers as many bytes of JSON.
import { loadavg } from 'node:os';
import autocannon from 'autocannon';
import { call, renew, startLyss } from './lyss.mjs';
import { findFreePort } from '../scripts/free-port.mjs';
import { startMeasured, waitUntilReady } from './processes.mjs';
import { median, ratio, record, spread, table } from './report.mjs';

/** @typedef {import('./lyss.mjs').Lyss} Lyss */
/** @typedef {{ name: string, url: string, headers: () => Record<string, string>, server: import('./processes.mjs').Measured, readPostgresCpu: () => number }} Target */
/** @typedef {{ per_second: number, node_us: number, postgres_us: number, p50_ms: number, p99_ms: number }} Round */

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);
const CALLERS = 16;
const CONVERSATIONS = 20;

/** @param {Target} target @returns {Promise<Round>} */
async function measure(target) {
  const before = { node: await target.server.readCpu(), postgres: target.readPostgresCpu() };
  const result = await autocannon({ url: target.url, connections: CALLERS, duration: SECONDS, headers: target.headers() });
  const after = { node: await target.server.readCpu(), postgres: target.readPostgresCpu() };
  if (result.errors + result.non2xx > 0) throw new Error(`${target.name}: ${result.errors} errors, ${result.non2xx} refusals`);
  const { total } = result.requests;
  return {
    per_second: total / result.duration,
    node_us: (after.node - before.node) / total,
    postgres_us: (after.postgres - before.postgres) / total,
    p50_ms: result.latency.p50,
    p99_ms: result.latency.p99,
  };
}

/** @param {Lyss} lyss @param {string} path @returns {Promise<Target & { bytes: number }>} */
async function describeRead(lyss, path) {
  const headers = () => ({ authorization: `Bearer ${lyss.owner.access_token}` });
  const bytes = (await (await fetch(lyss.url + path, { headers: headers() })).text()).length;
  return { name: `GET ${path}`, url: lyss.url + path, headers, bytes, server: lyss.server, readPostgresCpu: lyss.readPostgresCpu };
}

/** @param {number} bytes @returns {Promise<Target>} */
async function startBare(bytes) {
  const port = await findFreePort();
  const server = startMeasured('bench/bare-server.mjs', [String(port), String(bytes)]);
  const url = `http://127.0.0.1:${port}/json`;
  await waitUntilReady(url, server);
  return { name: `bare Node, ${bytes} bytes`, url, headers: () => ({}), server, readPostgresCpu: () => 0 };
}

/** @param {Round[]} rounds */
const totals = (rounds) => rounds.map(({ node_us, postgres_us }) => node_us + postgres_us);
/** @param {Round[]} rounds @param {keyof Round} field */
const pick = (rounds, field) => rounds.map((round) => round[field]);

/** @param {Target} target @param {Round[]} rounds @param {Round[]} beside */
function writeRow({ name }, rounds, beside) {
  return [
    name, spread(pick(rounds, 'per_second')), spread(pick(rounds, 'node_us')), spread(pick(rounds, 'postgres_us')), spread(totals(rounds)),
    ratio(totals(rounds), totals(beside)), `${median(pick(rounds, 'p50_ms'))} / ${median(pick(rounds, 'p99_ms'))}`,
  ];
}

const load = loadavg();
const lyss = await startLyss();
/** @type {Target[]} */
const bare = [];
try {
  for (let number = 0; number < CONVERSATIONS; number++) await call(lyss.url, 'POST', '/api/v1/chat/conversations', { as: lyss.owner, body: { title: `Conversation ${number}` } });
  const reads = [await describeRead(lyss, '/api/v1/auth/me'), await describeRead(lyss, '/api/v1/chat/conversations')];
  for (const { bytes } of reads) bare.push(await startBare(bytes));
  const targets = reads.flatMap((target, index) => [target, bare[index] ?? target]);
  for (const target of targets) await measure(target); // code is compiled and statements are planned before it counts
  /** @type {Round[][]} */
  const rounds = targets.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    await renew(lyss.url, lyss.owner);
    for (const [index, target] of targets.entries()) rounds[index]?.push(await measure(target));
    process.stdout.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  const rows = targets.map((target, index) => writeRow(target, rounds[index] ?? [], rounds[index | 1] ?? []));
  const head = ['through', 'requests/s', 'Node µs', 'PostgreSQL µs', 'both µs a request', 'against bare', 'p50 / p99 ms'];
  record('A console read behind the wall', load, `${ROUNDS} rounds of ${SECONDS} s each, one after the other, ${CALLERS} callers; generator, server and database share the cores. Median (least–most).\n\n${table(head, rows)}`);
} finally {
  for (const { server } of bare) await server.stop();
  await lyss.stop();
}
