import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from './config.ts';
import { generateKeyringText } from './crypto/keyring.ts';
import { findFreePort } from './db/free-port.ts';
import { startServer } from './start-server.ts';
import { PASSWORD } from '../test/app.ts';

let data_dir: string;
let ports: [number, number];
beforeAll(async () => {
  data_dir = mkdtempSync(join(tmpdir(), 'lyss-start-'));
  ports = [await findFreePort(), await findFreePort()];
});
afterAll(() => rmSync(data_dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

const env = (change: Record<string, string> = {}) => ({ LYSS_DATA_DIR: data_dir, PORT: String(ports[0]), LYSS_OPERATIONS_PORT: String(ports[1]), LYSS_LOG_LEVEL: 'silent', LYSS_STOP_SECONDS: '1', ...change });
const url = (path: string) => `http://127.0.0.1:${ports[0]}${path}`;

async function start(change: Record<string, string> = {}) {
  const lines: string[] = [];
  const server = await startServer(env(change), (line) => void lines.push(line));
  return { ...server, text: lines.join('\n') };
}

const linkIn = (text: string) => /\/set-up#token=([\w-]{43})$/m.exec(text)?.[1];

describe('the server', () => {
  it('starts with nothing but a folder: keys, database, one link; what was acknowledged is there after the next start', async () => {
    const first = await start();
    const token = linkIn(first.text);
    expect(first.text).toContain(`http://localhost:${ports[0]}/ is ready`);
    expect(statSync(join(data_dir, 'master-keys')).mode & 0o777).toBe(0o600);
    const person = { email: 'first@example.com', password: PASSWORD, name: 'First', tenant_name: 'First', workspace: 'first', locale: 'en-US' };
    const headers = { 'content-type': 'application/json' };
    const done = await fetch(url('/api/v1/setup'), { method: 'POST', headers, body: JSON.stringify({ token, ...person }) });
    expect(done.status).toBe(201);
    expect((await fetch(url('/health/ready'))).status).toBe(200);
    const metrics = await fetch(`http://127.0.0.1:${ports[1]}/metrics`);
    expect(await metrics.text()).toContain('lyss_http_request_duration_seconds');
    await first.stop();
    await expect(fetch(url('/health/live'))).rejects.toThrow();

    const second = await start();
    expect(second.text).toContain('up to date');
    expect(linkIn(second.text)).toBeUndefined();
    const login = await fetch(url('/api/v1/auth/login'), { method: 'POST', headers, body: JSON.stringify({ email: person.email, password: PASSWORD }) });
    expect(login.status).toBe(200);
    await second.stop();
  }, 90_000);

  it('says at every start without https that anybody on the network may listen, and at none with it', async () => {
    const warning = 'no https: anybody on the network can take over a session (LYSS_ALLOW_HTTP=1)';
    await expect(start({ LYSS_PUBLIC_URL: 'http://lyss.example' }), 'nor does it start unless it is told to').rejects.toThrow(ConfigurationError);
    for (const time of ['first', 'second']) {
      const plain = await start({ LYSS_PUBLIC_URL: 'http://lyss.example', LYSS_ALLOW_HTTP: '1' });
      await plain.stop();
      expect(plain.text, time).toContain(warning);
    }
    const safe = await start({ LYSS_PUBLIC_URL: 'https://lyss.example', LYSS_ALLOW_HTTP: '1' });
    await safe.stop();
    expect(safe.text).not.toContain('no https');
  }, 90_000);

  it('does not start on a port that is taken, and leaves nothing running behind', async () => {
    for (const [name, port] of [['PORT', ports[0]], ['LYSS_OPERATIONS_PORT', ports[1]]] as const) {
      const other = createServer().listen(port, '127.0.0.1');
      await once(other, 'listening');
      const failure: unknown = await start().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ConfigurationError);
      expect(failure).toMatchObject({ problems: [expect.stringContaining(`${name}: ${port}`)] });
      other.close();
      await once(other, 'close');
    }
    const again = await start();
    await again.stop();
  }, 90_000);

  it('does not start with other keys than its data was sealed with, or with keys that are none', async () => {
    await expect(start({ LYSS_MASTER_KEYS: generateKeyringText() })).rejects.toThrow(ConfigurationError);
    const file = join(data_dir, 'master-keys');
    const right = readFileSync(file, 'utf8');
    for (const wrong of ['', 'k1:short', right.slice(0, -6)]) {
      writeFileSync(file, wrong);
      await expect(start(), JSON.stringify(wrong)).rejects.toThrow(ConfigurationError);
    }
    writeFileSync(file, right);
    const again = await start();
    await again.stop();
  }, 90_000);
});
