import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {{ events: number, text: string, in_order: boolean, ended: boolean, refused: number, first_ms: number }} Stream */

// Every stream has a socket of its own, as every browser tab has.
const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
const REFUSALS = 30;

/**
 * Reads a stream of server-sent events to its end. `stream` is filled while it runs. A 503 is taken as it is meant: come back later.
 * @param {string} url @param {{ method?: string, headers?: Record<string, string>, body?: string }} [options]
 * @returns {{ stream: Stream, done: Promise<void> }}
 */
export function openStream(url, options = {}) {
  /** @type {Stream} */
  const stream = { events: 0, text: '', in_order: true, ended: false, refused: 0, first_ms: Number.NaN };
  const follow = async () => {
    while (!(await readOnce(url, options, stream)) && stream.refused < REFUSALS) await sleep(1000);
    if (stream.refused >= REFUSALS) throw new Error(`${url} refused ${stream.refused} times`);
  };
  return { stream, done: follow() };
}

/**
 * @param {string} url @param {{ method?: string, headers?: Record<string, string>, body?: string }} options @param {Stream} stream
 * @returns {Promise<boolean>} false: refused for now
 */
function readOnce(url, { method = 'GET', headers = {}, body }, stream) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent }, (answer) => {
      let rest = '';
      // A stream that breaks off is a finding, not a failure of the benchmark.
      answer.setEncoding('utf8').on('error', () => resolve(true));
      if (answer.statusCode !== 200) {
        stream.refused += 1;
        answer.on('data', (text) => (rest += text));
        answer.on('end', () => (answer.statusCode === 503 ? resolve(false) : reject(new Error(`${url} answers ${answer.statusCode}: ${rest}`))));
        return;
      }
      answer.on('data', (/** @type {string} */ chunk) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) takeEvent(stream, block, began);
      });
      answer.on('end', () => resolve(true));
    });
    asked.on('error', reject).end(body);
  });
}

/** @param {Stream} stream @param {string} block @param {number} began */
function takeEvent(stream, block, began) {
  const data = /^data: (.*)$/m.exec(block)?.[1];
  if (data === undefined) return; // a comment that keeps proxies awake
  stream.events += 1;
  const id = /^id: (\d+)$/m.exec(block)?.[1];
  if (id !== undefined && Number(id) !== stream.events) stream.in_order = false;
  const event = /^event: (\w+)$/m.exec(block)?.[1];
  if (event === 'end' || data === '[DONE]') stream.ended = true;
  if (data === '[DONE]') return;
  const parsed = JSON.parse(data);
  const delta = event === undefined ? parsed.choices?.[0]?.delta?.content : parsed.delta;
  if (typeof delta !== 'string') return;
  if (stream.text === '') stream.first_ms = performance.now() - began;
  stream.text += delta;
}

/** What a stream of `count` words says when nothing is lost. @param {number} count */
export function expectedText(count) {
  return Array.from({ length: count }, (_, index) => `word ${index + 1} `).join('');
}
