import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsole } from './console.ts';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(5_000))})`;
let folder: string;
let serve: ReturnType<typeof createConsole>;
beforeAll(() => {
  const root = mkdtempSync(join(tmpdir(), 'lyss-console-'));
  folder = join(root, 'dist');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(root, 'dist-secret'));
  writeFileSync(join(root, 'dist-secret', 'key.txt'), 'canary');
  writeFileSync(join(root, 'key.txt'), 'canary');
  writeFileSync(join(folder, '.env'), 'canary');
  symlinkSync(join(root, 'key.txt'), join(folder, 'assets', 'link.txt'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script nonce="__LYSS_NONCE__"></script><style nonce="__LYSS_NONCE__"></style>');
  writeFileSync(join(folder, 'assets', 'app-abc.js'), SCRIPT);
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
  serve = createConsole(folder);
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true }));

const get = (path: string, headers: Record<string, string> = {}) => serve(new Request(`http://localhost:3000${path}`, { headers }));

describe('the page', () => {
  it('is the answer to every path of the console, with a nonce of its own each time and exactly this policy', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/index.html', '/chat/0193', '/admin/users?search=x', '/sign-in']) {
      const response = await get(path);
      const page = await response.text();
      const [, nonce = ''] = /script nonce="([\w-]{22})"/.exec(page) ?? [];
      expect(page).toBe(`<!doctype html><script nonce="${nonce}"></script><style nonce="${nonce}"></style>`);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-security-policy')).toBe(
        `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default`,
      );
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(5);
  });

  it('says that it has not been built, where it has not', async () => {
    const response = await createConsole(join(folder, 'nowhere'))(new Request('http://localhost:3000/'));
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
  });
});

describe('assets', () => {
  it('are kept for a year by their hashed names, others for minutes', async () => {
    const script = await get('/assets/app-abc.js');
    expect(await script.text()).toBe(SCRIPT);
    expect(Object.fromEntries(script.headers)).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' });
    expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('are compressed for who takes it, the same each time', async () => {
    for (let turn = 0; turn < 2; turn++) {
      const br = await get('/assets/app-abc.js', { 'accept-encoding': 'gzip, deflate, br' });
      expect(br.headers.get('content-encoding')).toBe('br');
      expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toBe(SCRIPT);
      const gz = await get('/assets/app-abc.js', { 'accept-encoding': 'gzip' });
      expect(gunzipSync(await gz.arrayBuffer()).toString()).toBe(SCRIPT);
    }
  });

  it.each(['/assets/none.js', '/robots.txt', '/assets/', '/assets', '/assets/app-abc.js/x', '/favicon.ico'])('%s that is not there is 404 or the page, never another file', async (path) => {
    const response = await get(path);
    expect([200, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('canary');
  });

  it.each(['/%2e%2e/key.txt', '/..%2fkey.txt', '/..%2fdist-secret%2fkey.txt', '/%2e%2e%2fdist-secret/key.txt', '/assets/..%2f..%2fkey.txt', '/assets/%2e%2e%5c%2e%2e%5ckey.txt', '/.env', '/%2eenv', '/./.env', '/assets/%00', '/key.txt%00.js', '/%', '/%c0%ae%c0%ae/key.txt', '/assets/link.txt', '/assets/..%2f.env'])('%s does not leave the folder', async (path) => {
    const response = await get(path);
    expect([200, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('canary');
  });
});
