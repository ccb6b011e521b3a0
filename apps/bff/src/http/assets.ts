import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};
const compressible = new Set(['.js', '.css', '.svg', '.json', '.txt', '.webmanifest', '.ttf']);
// Quality 9 of 11: the last two levels take ten times as long for two per cent.
const BROTLI_QUALITY = 9;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

type Bytes = Uint8Array<ArrayBuffer>;
export type SendAsset = (file: string, cache_control: string, request: Request) => Promise<Response>;

/** Sends files, each read once and compressed once for each coding that somebody takes; both off the main thread. */
export function createAssets(): SendAsset {
  const made = new Map<string, Promise<Bytes>>();
  const keep = (name: string, make: () => Promise<Uint8Array>) => {
    const known = made.get(name);
    if (known) return known;
    const bytes = make().then((buffer) => new Uint8Array(buffer));
    made.set(name, bytes);
    // What failed once is tried again by the next request.
    bytes.catch(() => made.delete(name));
    return bytes;
  };
  return async (file, cache_control, request) => {
    const encoding = chooseEncoding(file, request.headers.get('accept-encoding') ?? '');
    const plain = keep(file, () => readFile(file));
    const body = encoding ? await keep(`${encoding} ${file}`, async () => compress(await plain, encoding)) : await plain;
    return new Response(body, {
      headers: {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'cache-control': cache_control,
        vary: 'accept-encoding',
        ...(encoding ? { 'content-encoding': encoding } : {}),
      },
    });
  };
}

function chooseEncoding(file: string, accepted: string): 'br' | 'gzip' | null {
  if (!compressible.has(extname(file))) return null;
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

function compress(bytes: Bytes, encoding: 'br' | 'gzip'): Promise<Uint8Array> {
  return encoding === 'br' ? brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }) : zip(bytes);
}
