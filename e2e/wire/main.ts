// What lies between browsers and a server: passes everything on as it comes, and keeps what was said. Ended by SIGTERM.
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';

const { WIRE_PORT = '', WIRE_TO = '', WIRE_FILE = '' } = process.env;
// Each hop's own: RFC 9110, 7.6.1.
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding']);
const BIG_BYTES = 4_096;
const seen = new Set<string>();

function passOn(raw: string[]): string[] {
  return raw.filter((_, index) => !HOP.has(raw[index - (index % 2)]?.toLowerCase() ?? ''));
}

/** The console's own files are asked for by every page: once is enough. */
function isRepeated(body: Buffer): boolean {
  if (body.length < BIG_BYTES) return false;
  const digest = createHash('sha256').update(body).digest('hex');
  if (seen.has(digest)) return true;
  seen.add(digest);
  return false;
}

function keep({ method = '', url = '', headers }: IncomingMessage, sent: Buffer, answer: IncomingMessage, body: Buffer): void {
  const exchange: Exchange = {
    ...{ method, path: url, request_type: headers['content-type'] ?? '', request: sent.toString() },
    ...{ status: answer.statusCode ?? 0, headers: answer.rawHeaders, body: isRepeated(body) ? '' : body.toString('base64') },
  };
  appendFileSync(WIRE_FILE, `${JSON.stringify(exchange)}\n`);
}

function relay(request: IncomingMessage, response: ServerResponse): void {
  const sent: Buffer[] = [];
  // A connection each: one that idles may end in the instant that it is used again.
  const upstream = ask({ host: '127.0.0.1', port: WIRE_TO, method: request.method, path: request.url, headers: passOn(request.rawHeaders), agent: false });
  request.on('data', (part: Buffer) => sent.push(part)).pipe(upstream);
  upstream.on('response', (answer) => {
    const got: Buffer[] = [];
    response.writeHead(answer.statusCode ?? 0, answer.statusMessage, passOn(answer.rawHeaders));
    response.flushHeaders();
    answer.on('data', (part: Buffer) => got.push(part)).pipe(response);
    answer.on('error', () => response.destroy());
    // Whole or broken off: what was said was said.
    answer.once('close', () => keep(request, Buffer.concat(sent), answer, Buffer.concat(got)));
  });
  upstream.on('error', () => request.socket.destroy());
  response.once('close', () => upstream.destroy());
}

const server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 65_000 }, relay);
server.listen(Number(WIRE_PORT), '127.0.0.1', () => process.stdout.write('listening\n'));
process.once('SIGTERM', () => process.exit(0));
