// What the figures stand beside: Node's own HTTP server, which knows nobody and remembers nothing.
import { Agent, createServer, get, request as ask } from 'node:http';

const [port = '0', body_bytes = '200', supplier = ''] = process.argv.slice(2);
const sample = { success: true, data: { items: ['x'.repeat(Math.max(0, Number(body_bytes) - 60))] }, request_id: '0' };
const HEAD = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://bare');
  if (url.pathname === '/json') {
    const text = JSON.stringify(sample);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
  } else if (url.pathname === '/events') sendEvents(response, Number(url.searchParams.get('count')), Number(url.searchParams.get('rate')));
  else if (url.pathname === '/relay') relay(response, url.search);
  else if (url.pathname.startsWith('/v1/')) proxy(request, response);
  else response.writeHead(404).end();
}).listen(Number(port), '127.0.0.1');

/** Words as server-sent events at a pace, each the size of one of ours, and an end. @param {import('node:http').ServerResponse} response @param {number} count @param {number} rate */
function sendEvents(response, count, rate) {
  response.writeHead(200, HEAD);
  let seq = 0;
  const write = (/** @type {string} */ event, /** @type {object} */ data) => response.write(`id: ${++seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const send = () => {
    write('text', { delta: `word ${seq + 1} ` });
    if (seq < count) return;
    clearInterval(timer);
    write('end', { finish_reason: 'stop', duration_ms: 0, time_to_first_token_ms: 0 });
    response.end();
  };
  const timer = setInterval(send, 1000 / rate);
  response.on('close', () => clearInterval(timer));
  send();
}

/** A supplier's stream passed on byte by byte: the least that anything between a person and a supplier can do. @param {import('node:http').ServerResponse} response @param {string} search */
function relay(response, search) {
  const asked = get(`${supplier}/stream${search}`, (answer) => {
    response.writeHead(answer.statusCode ?? 502, HEAD);
    answer.on('data', (chunk) => response.write(chunk));
    answer.on('end', () => response.end());
  });
  response.on('close', () => asked.destroy());
}

const agent = new Agent({ keepAlive: true });

/** A request passed on and its answer passed back, and nothing known of either. @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
function proxy(request, response) {
  const asked = ask(`${supplier}${request.url ?? '/'}`, { method: request.method ?? 'GET', agent, headers: { 'content-type': 'application/json' } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? 'application/json' });
    answer.on('data', (chunk) => response.write(chunk));
    answer.on('end', () => response.end());
  });
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  request.pipe(asked);
}
