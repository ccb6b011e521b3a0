import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { randomToken } from '../crypto/digest.ts';
import { createAssets } from './assets.ts';
import { consolePolicy } from './security-headers.ts';

const PAGE_TYPE = 'text/html; charset=utf-8';
const FOR_A_YEAR = 'public, max-age=31536000, immutable';
const FOR_MINUTES = 'public, max-age=300';
const NONCE_BYTES = 16;
const PAGE = '/index.html';

/** Serves the built console: assets by their hashed names for a year, every other path the page with a fresh nonce. */
export function createConsole(folder: string): (request: Request) => Promise<Response> {
  const sendAsset = createAssets();
  const files = listFiles(folder);
  const index = files.get(PAGE);
  const page = index === undefined ? null : readFileSync(index, 'utf8');
  return async (request) => {
    const { pathname } = new URL(request.url);
    const file = pathname === PAGE ? undefined : files.get(pathname);
    if (file) return sendAsset(file, pathname.startsWith('/assets/') ? FOR_A_YEAR : FOR_MINUTES, request);
    if ((extname(pathname) !== '' && pathname !== PAGE) || pathname.startsWith('/assets/')) return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    if (page === null) return new Response('The console is not built: npm run build', { status: 503, headers: { 'content-type': 'text/plain' } });
    return sendPage(page);
  };
}

function sendPage(page: string): Response {
  const nonce = randomToken(NONCE_BYTES);
  return new Response(page.replaceAll('__LYSS_NONCE__', nonce), {
    headers: { 'content-type': PAGE_TYPE, 'cache-control': 'no-store', 'content-security-policy': consolePolicy(nonce) },
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
