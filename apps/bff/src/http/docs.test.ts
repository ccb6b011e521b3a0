import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDocs } from './docs.ts';

const SCRIPT = 'http://localhost:3000/api/v1/docs/swagger-ui-bundle.js';

async function read(serve: ReturnType<typeof createDocs>, accepted: string) {
  const response = await serve(new Request(SCRIPT, { headers: { 'accept-encoding': accepted } }));
  return { encoding: response.headers.get('content-encoding'), vary: response.headers.get('vary'), bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('the API page’s script', () => {
  it('is compressed for who takes it', async () => {
    const serve = createDocs();
    const plain = await read(serve, 'identity');
    const br = await read(serve, 'gzip, deflate, br');
    const gz = await read(serve, 'gzip');
    expect([plain.encoding, br.encoding, gz.encoding, br.vary]).toEqual([null, 'br', 'gzip', 'accept-encoding']);
    expect(plain.bytes.length).toBeGreaterThan(1_000_000);
    expect(br.bytes.length).toBeLessThan(plain.bytes.length / 3);
    expect(brotliDecompressSync(br.bytes).equals(plain.bytes)).toBe(true);
    expect(gunzipSync(gz.bytes).equals(plain.bytes)).toBe(true);
  });

  it('is made once, however many ask at once', async () => {
    const serve = createDocs();
    const cpuOf = async (turns: number) => {
      const before = process.cpuUsage();
      await Promise.all(Array.from({ length: turns }, () => read(serve, 'br')));
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const first = await cpuOf(20);
    // CPU time of all threads: twenty compressions would take twenty times as long as one, and both turns as long.
    expect(await cpuOf(20)).toBeLessThan(first / 2);
  });
});
