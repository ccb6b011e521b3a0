// A chat reply with its log against a bare Node server: cost and order of every streamed event, time to the first, memory.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { addPeople, call, renew, startLyss } from './lyss.mjs';
import { findFreePort } from '../scripts/free-port.mjs';
import { startMeasured, waitUntilReady } from './processes.mjs';
import { median, ratio, record, spread, table } from './report.mjs';
import { expectedText, openStream } from './streams.mjs';

/** @typedef {import('./lyss.mjs').Person} Person */
/** @typedef {ReturnType<typeof openStream>} Opened */
/** @typedef {{ name: string, server: import('./processes.mjs').Measured, readPostgresCpu: () => number, prepare: (count: number) => Promise<unknown[]>, open: (place: any, index: number, ask: { count: number, rate: number }) => Opened }} Target */
/** @typedef {{ node_us: number, postgres_us: number, share: number, events: number, first_ms: number, heap_kb: number, rss_kb: number, lost: number, joined: number }} Round */

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const STREAMS = Number(process.env['BENCH_STREAMS'] ?? 200);
const RATE = 20; // words a second in each stream
const WINDOW_S = 5;
// From the first stream's start to the window's end, with room for a slow start.
const WORDS = RATE * (WINDOW_S + 10);
const QUIET = 15;
const PER_PERSON = 20; // streams that one person may hold open
const AT_ONCE = 20;
// A collection holds the event loop, and a server that is held sheds new streams for a second.
const CALM_MS = 2_500;
const KB = 1024;

/** @param {Target} target @returns {Promise<number>} from asking to the first word, ms, one stream at a time */
async function measureFirst(target) {
  const places = await target.prepare(QUIET);
  const times = [];
  for (const [index, place] of places.entries()) {
    const { stream, done } = target.open(place, index, { count: 2, rate: RATE });
    await done;
    times.push(stream.first_ms);
  }
  return median(times);
}

/** @param {Target} target @param {unknown[]} places @returns {Promise<Opened[]>} streams that have all begun */
async function openAll(target, places) {
  const opened = [];
  for (const [index, place] of places.entries()) {
    opened.push(target.open(place, index, { count: WORDS, rate: RATE }));
    if (opened.length % AT_ONCE === 0) await sleep(100);
  }
  for (const { done } of opened) done.catch(() => undefined); // looked at below, all together
  for (const until = Date.now() + 8_000; Date.now() < until && opened.some(({ stream }) => stream.text === ''); ) await sleep(50);
  return opened;
}

/** @param {Target} target @returns {Promise<Round>} */
async function measure(target) {
  const first_ms = await measureFirst(target);
  const places = await target.prepare(STREAMS);
  const idle = await target.server.readMemory();
  await sleep(CALM_MS);
  const opened = await openAll(target, places);
  const countEvents = () => opened.reduce((sum, { stream }) => sum + stream.events, 0);
  const before = { events: countEvents(), node: await target.server.readCpu(), postgres: target.readPostgresCpu(), at: performance.now() };
  await sleep(WINDOW_S * 1000);
  const events = countEvents() - before.events;
  const node = (await target.server.readCpu()) - before.node;
  const postgres = target.readPostgresCpu() - before.postgres;
  const window_us = (performance.now() - before.at) * 1000;
  const busy = await target.server.readMemory();
  await Promise.all(opened.map(({ done }) => done));
  const whole = expectedText(WORDS);
  return {
    ...{ events, first_ms, share: (100 * (node + postgres)) / window_us, node_us: node / events, postgres_us: postgres / events },
    heap_kb: (busy.heap - idle.heap) / KB / STREAMS,
    rss_kb: (busy.rss - idle.rss) / KB / STREAMS,
    lost: opened.filter(({ stream }) => !stream.in_order || !stream.ended || stream.text !== whole).length,
    joined: opened.reduce((sum, { stream }) => sum + Math.max(0, WORDS - stream.events), 0) / (WORDS * STREAMS),
  };
}

/** @param {import('./lyss.mjs').Lyss} lyss @param {Person[]} people @returns {Target} */
function describeReply(lyss, people) {
  const personOf = (/** @type {number} */ index) => /** @type {Person} */ (people[Math.floor(index / PER_PERSON) % people.length]);
  return {
    name: 'a chat reply with its log', server: lyss.server, readPostgresCpu: lyss.readPostgresCpu,
    prepare: async (count) => {
      const made = [];
      for (let index = 0; index < count; index++) made.push(await call(lyss.url, 'POST', '/api/v1/chat/conversations', { as: personOf(index), body: { title: 'Bench' } }));
      return made;
    },
    open: (conversation, index, { count, rate }) =>
      openStream(`${lyss.url}/api/v1/chat/conversations/${conversation.id}/replies`, {
        method: 'POST',
        headers: { authorization: `Bearer ${personOf(index).access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: `bench:count=${count},rate=${rate}`, model: 'bench' }),
      }),
  };
}

/** @param {string} name @param {string} path @param {string} supplier_url @returns {Promise<Target>} */
async function startBare(name, path, supplier_url) {
  const port = await findFreePort();
  const server = startMeasured('bench/bare-server.mjs', [String(port), '200', supplier_url]);
  await waitUntilReady(`http://127.0.0.1:${port}/json`, server);
  const prepare = async (/** @type {number} */ count) => Array.from({ length: count }, () => null);
  const open = (/** @type {unknown} */ _place, /** @type {number} */ _index, /** @type {{ count: number, rate: number }} */ { count, rate }) =>
    openStream(`http://127.0.0.1:${port}/${path}?count=${count}&rate=${rate}`);
  return { name, server, prepare, open, readPostgresCpu: () => 0 };
}

/** @param {Target[]} targets @param {Round[][]} rounds */
function writeTables(targets, rounds) {
  const pick = (/** @type {number} */ index, /** @type {keyof Round} */ field) => (rounds[index] ?? []).map((round) => round[field]);
  const both = (/** @type {number} */ index) => (rounds[index] ?? []).map(({ node_us, postgres_us }) => node_us + postgres_us);
  const cost = targets.map(({ name }, index) => [
    name, spread(pick(index, 'node_us')), spread(pick(index, 'postgres_us')), ratio(pick(index, 'node_us'), pick(1, 'node_us')), ratio(both(index), both(1)),
    `${spread(pick(index, 'share'))} %`, spread(pick(index, 'first_ms'), 1),
  ]);
  const memory = targets.map(({ name }, index) => [name, spread(pick(index, 'heap_kb')), spread(pick(index, 'rss_kb'))]);
  const whole = targets.map(({ name }, index) => [
    name, spread(pick(index, 'events').map((events) => events / WINDOW_S)), String(pick(index, 'lost').reduce((sum, lost) => sum + lost, 0)),
    `${(100 * median(pick(index, 'joined'))).toFixed(1)} %`,
  ]);
  return [
    table(['through', 'Node µs an event', 'PostgreSQL µs an event', 'Node against bare', 'both against bare', 'of one core', 'first word, quiet, ms'], cost),
    table(['through', 'events/s received', `streams of ${STREAMS * ROUNDS} out of order, cut or changed`, 'words that came joined to another'], whole),
    table(['memory of an open stream, KB', 'heap and buffers, after a collection', 'resident'], memory),
  ].join('\n\n');
}

const load = loadavg();
const supplier_port = await findFreePort();
const supplier_url = `http://127.0.0.1:${supplier_port}`;
const supplier = startMeasured('bench/supplier.mjs', [String(supplier_port)]);
await waitUntilReady(`${supplier_url}/v1/models`, supplier);
const lyss = await startLyss({ allow: `127.0.0.1:${supplier_port}` });
const bare = [await startBare('bare Node, making the events itself', 'events', supplier_url), await startBare('bare Node, passing the supplier’s bytes on', 'relay', supplier_url)];
try {
  await call(lyss.url, 'POST', '/api/v1/admin/suppliers', { as: lyss.owner, body: { provider: 'custom', name: 'Bench', base_url: `${supplier_url}/v1`, api_key: 'sk-bench-0123456789abcdef' } });
  const people = await addPeople(lyss, Math.ceil(STREAMS / PER_PERSON));
  const targets = [describeReply(lyss, people), ...bare];
  /** @type {Round[][]} */
  const rounds = targets.map(() => []);
  for (const target of targets) await measureFirst(target); // code is compiled before it counts
  for (let round = 0; round < ROUNDS; round++) {
    for (const person of people) await renew(lyss.url, person);
    for (const [index, target] of targets.entries()) rounds[index]?.push(await measure(target));
    process.stdout.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  record('A chat reply with its log', load, `${STREAMS} streams at once with ${RATE} words a second each, a window of ${WINDOW_S} s, ${ROUNDS} rounds one after the other; the supplier is a process on loopback. Median (least–most).\n\n${writeTables(targets, rounds)}`);
} finally {
  for (const { server } of bare) await server.stop();
  await lyss.stop();
  await supplier.stop();
}
