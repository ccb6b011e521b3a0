// A supplier as a process of its own: three wires, replayed answers, faults by the model's name, keys that begin with sk-good.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parts, play, sendJson } from './play.ts';
import { listRecorded, listSamples, type WireName } from './transcripts.ts';
import { readAsk, writeModels, writeRefusal, writeWhole } from './wires.ts';

const transcripts = new Map([...listSamples(), ...listRecorded()].map((transcript) => [transcript.name, transcript]));
const GOOD_KEY = /^sk-good/;
/** Streams that are open, by key: a test looks whether stopping an answer reaches its supplier. */
const open = new Map<string, number>();

function listModels(wire: WireName): string[] {
  const replayed = [...transcripts.values()].filter((transcript) => transcript.wire === wire).map(({ name }) => name);
  return wire === 'openai' ? [...parts, ...replayed] : replayed;
}

function readKey({ headers }: IncomingMessage): string {
  return String(headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization?.replace(/^Bearer /, '') ?? '');
}

async function readBody(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function count(key: string, step: 1 | -1): void {
  open.set(key, (open.get(key) ?? 0) + step);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/';
  const watched = /^\/open\/(?<key>.+)$/.exec(path)?.groups?.['key'];
  if (watched) return sendJson(response, 200, { open: open.get(watched) ?? 0 });
  const wire = (['openai', 'anthropic', 'google'] as const).find((name) => path.startsWith(`/${name}/`));
  const ask = wire ? readAsk(wire, request.method ?? '', path, await readBody(request)) : null;
  if (!wire || !ask) return sendJson(response, 404, { error: { message: `nothing at ${path}` } });
  const key = readKey(request);
  if (!GOOD_KEY.test(key)) return sendJson(response, 401, writeRefusal(wire, 401, key));
  if (ask.kind === 'models') return sendJson(response, 200, writeModels(wire, listModels(wire)));
  if (!ask.streamed) return sendJson(response, 200, writeWhole(wire, 'Hello'));
  count(key, 1);
  response.once('close', () => count(key, -1));
  await play({ response, wire, model: ask.model, key, transcripts, said: ask.said });
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening ${typeof address === 'object' ? address?.port : ''}\n`);
});
