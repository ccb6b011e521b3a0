import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { randomToken } from '../crypto/digest.ts';
import { consolePolicy } from './security-headers.ts';

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
const NONCE_BYTES = 16;
const PAGE = '/index.html';
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

interface Asset {
  bytes: Uint8Array<ArrayBuffer>;
  encodings: Map<string, Promise<Uint8Array<ArrayBuffer>>>;
}

/** Serves the built console: assets by their hashed names for a year, every other path the page with a fresh nonce. */
export function createConsole(folder: string): (request: Request) => Promise<Response> {
  const assets = new Map<string, Asset>();
  const files = listFiles(folder);
  const index = files.get(PAGE);
  const page = index === undefined ? null : readFileSync(index, 'utf8');
  return async (request) => {
    const { pathname } = new URL(request.url);
    const file = pathname === PAGE ? undefined : files.get(pathname);
    if (file) return sendAsset(assets, file, pathname, request);
    if ((extname(pathname) !== '' && pathname !== PAGE) || pathname.startsWith('/assets/')) return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    if (page === null) return new Response('The console is not built: npm run build', { status: 503, headers: { 'content-type': 'text/plain' } });
    return sendPage(page);
  };
}

function sendPage(page: string): Response {
  const nonce = randomToken(NONCE_BYTES);
  return new Response(page.replaceAll('__LYSS_NONCE__', nonce), {
    headers: { 'content-type': types['.html'] ?? '', 'cache-control': 'no-store', 'content-security-policy': consolePolicy(nonce) },
  });
}

/** Every file of the build by its path, listed once: what is not in this list has no address, however it is spelled. */
function listFiles(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  // A link is no file here: it could lead anywhere.
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [`/${relative(folder, file).replaceAll(sep, '/')}`, file]));
}

async function sendAsset(assets: Map<string, Asset>, file: string, pathname: string, request: Request): Promise<Response> {
  const asset = assets.get(file) ?? { bytes: new Uint8Array(readFileSync(file)), encodings: new Map() };
  assets.set(file, asset);
  const extension = extname(file);
  const accepted = request.headers.get('accept-encoding') ?? '';
  const encoding = !compressible.has(extension) ? null : /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
  const body = encoding ? await encode(asset, encoding) : asset.bytes;
  const immutable = pathname.startsWith('/assets/');
  return new Response(body, {
    headers: {
      'content-type': types[extension] ?? 'application/octet-stream',
      'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      vary: 'accept-encoding',
      ...(encoding ? { 'content-encoding': encoding } : {}),
    },
  });
}

// Quality 9 of 11: the last two levels take ten times as long for two per cent.
const BROTLI_QUALITY = 9;

function encode(asset: Asset, encoding: string): Promise<Uint8Array<ArrayBuffer>> {
  const known = asset.encodings.get(encoding);
  if (known) return known;
  const made = encoding === 'br' ? brotli(asset.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }) : zip(asset.bytes);
  const bytes = made.then((buffer) => new Uint8Array(buffer));
  asset.encodings.set(encoding, bytes);
  return bytes;
}
