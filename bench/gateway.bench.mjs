// A call of a model through the gateway, with key, reservation, settlement and usage record, against a bare proxy and no proxy at all.
import { loadavg } from 'node:os';
import autocannon from 'autocannon';
import { call, startLyss } from './lyss.mjs';
import { findFreePort } from '../scripts/free-port.mjs';
import { startMeasured, waitUntilReady } from './processes.mjs';
import { median, ratio, record, spread, table } from './report.mjs';
import { openStream } from './streams.mjs';

/** @typedef {{ name: string, url: string, key: string, server: import('./processes.mjs').Measured, readPostgresCpu: () => number }} Target */
/** @typedef {{ per_second: number, node_us: number, postgres_us: number, p50_ms: number, p99_ms: number }} Round */
/** @typedef {{ node_us: number, postgres_us: number, first_ms: number, lost: number }} Streamed */

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);
const CALLERS = [1, 32];
// As many as one person may hold open.
const STREAMS = 20;
const CHUNKS = 100;
const RATE = 50;
const QUESTION = 'x'.repeat(400);

/** @param {object} more */
const writeBody = (more) => JSON.stringify({ model: 'bench', messages: [{ role: 'user', content: `${QUESTION} bench:count=${CHUNKS},rate=${RATE}` }], ...more });
/** @param {Target} target */
const headersOf = ({ key }) => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
/** @param {Target} target */
const readCpu = async ({ server, readPostgresCpu }) => ({ node: await server.readCpu(), postgres: readPostgresCpu() });

/** @param {Target} target @param {number} connections @returns {Promise<Round>} */
async function measureCalls(target, connections) {
  const before = await readCpu(target);
  const result = await autocannon({ url: `${target.url}/v1/chat/completions`, method: 'POST', connections, duration: SECONDS, headers: headersOf(target), body: writeBody({}) });
  const after = await readCpu(target);
  if (result.errors + result.non2xx > 0) throw new Error(`${target.name}: ${result.errors} errors, ${result.non2xx} refusals`);
  const { total } = result.requests;
  return { per_second: total / result.duration, node_us: (after.node - before.node) / total, postgres_us: (after.postgres - before.postgres) / total, p50_ms: result.latency.p50, p99_ms: result.latency.p99 };
}

/** @param {Target} target @returns {Promise<Streamed>} */
async function measureStreams(target) {
  const before = await readCpu(target);
  const opened = Array.from({ length: STREAMS }, () => openStream(`${target.url}/v1/chat/completions`, { method: 'POST', headers: headersOf(target), body: writeBody({ stream: true }) }));
  await Promise.all(opened.map(({ done }) => done));
  const after = await readCpu(target);
  const chunks = STREAMS * CHUNKS;
  const lost = opened.filter(({ stream }) => !stream.ended || stream.refused > 0).length;
  return { node_us: (after.node - before.node) / chunks, postgres_us: (after.postgres - before.postgres) / chunks, first_ms: median(opened.map(({ stream }) => stream.first_ms)), lost };
}

/** @param {string} supplier @param {import('./processes.mjs').Measured} server @returns {Promise<Target[]>} */
async function listTargets(supplier, server) {
  const port = await findFreePort();
  const proxy = startMeasured('bench/bare-server.mjs', [String(port), '200', supplier]);
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(`${url}/json`, proxy);
  const readNothing = () => 0;
  return [
    { name: 'nothing (its supplier’s own CPU)', url: supplier, key: '', server, readPostgresCpu: readNothing },
    { name: 'a bare Node proxy', url, key: '', server: proxy, readPostgresCpu: readNothing },
  ];
}

/** @param {number} port @param {string} supplier */
async function startGateway(port, supplier) {
  const lyss = await startLyss({ allow: `127.0.0.1:${port}` });
  await call(lyss.url, 'POST', '/api/v1/admin/suppliers', { as: lyss.owner, body: { provider: 'custom', name: 'Bench', base_url: `${supplier}/v1`, enabled: true, models: ['bench'] } });
  const { key } = await call(lyss.url, 'POST', '/api/v1/api-keys', { as: lyss.owner, body: { name: 'Bench', scopes: ['gateway.use'] } });
  return { ...lyss, target: { name: 'Lyss', url: lyss.url, key, server: lyss.server, readPostgresCpu: lyss.readPostgresCpu } };
}

const load = loadavg();
const port = await findFreePort();
const supplier = `http://127.0.0.1:${port}`;
const supplying = startMeasured('bench/supplier.mjs', [String(port)]);
await waitUntilReady(`${supplier}/v1/models`, supplying);
const others = await listTargets(supplier, supplying);
const lyss = await startGateway(port, supplier);
try {
  const targets = [...others, lyss.target];
  const sections = [];
  for (const callers of CALLERS) {
    /** @type {Round[][]} */
    const rounds = targets.map(() => []);
    for (const target of targets) await measureCalls(target, callers); // compiled and planned before it counts
    for (let round = 0; round < ROUNDS; round++) for (const [index, target] of targets.entries()) rounds[index]?.push(await measureCalls(target, callers));
    const pick = (/** @type {number} */ index, /** @type {keyof Round} */ field) => (rounds[index] ?? []).map((round) => round[field]);
    const rows = targets.map(({ name }, index) => [
      name, spread(pick(index, 'per_second')), spread(pick(index, 'node_us')), spread(pick(index, 'postgres_us')), ratio(pick(index, 'node_us'), pick(1, 'node_us')), `${median(pick(index, 'p50_ms'))} / ${median(pick(index, 'p99_ms'))}`,
    ]);
    sections.push(`Not streamed, ${callers} at once:\n\n${table(['through', 'requests/s', 'Node µs a request', 'PostgreSQL µs', 'Node against the proxy', 'p50 / p99 ms'], rows)}`);
  }
  /** @type {Streamed[][]} */
  const rounds = targets.map(() => []);
  for (let round = 0; round < ROUNDS; round++) for (const [index, target] of targets.entries()) rounds[index]?.push(await measureStreams(target));
  const pick = (/** @type {number} */ index, /** @type {keyof Streamed} */ field) => (rounds[index] ?? []).map((round) => round[field]);
  const rows = targets.map(({ name }, index) => [name, spread(pick(index, 'node_us')), spread(pick(index, 'postgres_us')), ratio(pick(index, 'node_us'), pick(1, 'node_us')), spread(pick(index, 'first_ms'), 1), String(pick(index, 'lost').reduce((sum, lost) => sum + lost, 0))]);
  sections.push(`${STREAMS} streams of ${CHUNKS} chunks, ${RATE} a second each:\n\n${table(['through', 'Node µs a chunk', 'PostgreSQL µs a chunk', 'Node against the proxy', 'first chunk ms', 'streams lost'], rows)}`);
  record('The model gateway', load, `${ROUNDS} rounds, one target after the other; generator, supplier, server and database share the cores. Median (least–most).\n\n${sections.join('\n\n')}`);
} finally {
  for (const { server } of others) await server.stop();
  await lyss.stop();
}
