// A supplier on loopback in OpenAI's wire. `bench:count=N,rate=R` in the last message says how much and how fast.
import { createServer } from 'node:http';

const [port = '0'] = process.argv.slice(2);
const MODEL = 'bench';

/** @param {object} delta @param {string | null} finish_reason @param {object | null} usage */
const write = (delta, finish_reason = null, usage = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: MODEL, choices: [{ index: 0, delta, finish_reason }], usage })}\n\n`;

/** @param {import('node:http').ServerResponse} response @param {number} count @param {number} rate words, and words a second */
function stream(response, count, rate) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let sent = 0;
  const send = () => {
    sent += 1;
    response.write(write({ content: `word ${sent} ` }));
    if (sent < count) return;
    clearInterval(timer);
    response.end(`${write({}, 'stop', { prompt_tokens: 10, completion_tokens: count, total_tokens: count + 10 })}data: [DONE]\n\n`);
  };
  const timer = setInterval(send, 1000 / rate);
  response.on('close', () => clearInterval(timer));
  send();
}

/** @param {import('node:http').ServerResponse} response @param {unknown} body */
const answer = (response, body) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://supplier');
  if (url.pathname === '/stream') return stream(response, Number(url.searchParams.get('count')), Number(url.searchParams.get('rate')));
  if (url.pathname === '/v1/models') return answer(response, { object: 'list', data: [{ id: MODEL, object: 'model' }] });
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const [, count, rate] = /bench:count=(\d+),rate=(\d+)/.exec(text) ?? [];
  if (JSON.parse(text).stream === true) return stream(response, Number(count ?? 1), Number(rate ?? 1));
  const message = { role: 'assistant', content: 'Bench' };
  answer(response, { id: 'c', object: 'chat.completion', model: MODEL, choices: [{ index: 0, message, finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
}).listen(Number(port), '127.0.0.1');
