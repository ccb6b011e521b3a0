import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { routes } from '@lyss/api-types/routes.gen';

/** One request and its answer, as they stand in a line of what a wire keeps. */
export interface Exchange {
  method: string;
  path: string;
  request_type: string;
  request: string;
  status: number;
  /** Names and values in turn. */
  headers: string[];
  /** base64 of what came, still compressed; empty for a big one that came before. */
  body: string;
}

const decoders: Record<string, (body: Buffer) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync };

/** All that the wires of a run have kept. */
export function readExchanges(folder: string): Exchange[] {
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  // A line is written by wire/main.ts alone.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Exchange);
}

export function listHeaders({ headers }: Exchange): [name: string, value: string][] {
  return headers.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), headers[index + 1] ?? ''] as [string, string]] : []));
}

/** An answer's body as its reader sees it. One that was broken off in mid-compression stays as it came. */
export function readBody(exchange: Exchange): Buffer {
  const body = Buffer.from(exchange.body, 'base64');
  const decode = decoders[new Map(listHeaders(exchange)).get('content-encoding') ?? ''];
  if (!decode || body.length === 0) return body;
  try {
    return decode(body);
  } catch {
    return body;
  }
}

const templates = Object.values(routes).map(([method, template]) => ({
  method,
  template,
  pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The endpoint that was called and the ids in its path; a page's own address is nobody's endpoint. */
export function findEndpoint({ method, path }: Exchange): { name: string; params: Record<string, string> } {
  const bare = path.split('?')[0] ?? '';
  for (const { method: wanted, template, pattern } of templates) {
    const found = wanted === method ? pattern.exec(bare) : null;
    if (found) return { name: `${method} ${template}`, params: { ...found.groups } };
  }
  return { name: `${method} /${bare.split('/')[1] ?? ''}`, params: {} };
}
