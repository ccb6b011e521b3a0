import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbedded } from '../db/embedded.ts';
import { examine } from './doctor.ts';

let data_dir: string;
let server: Server | null = null;
beforeEach(() => {
  data_dir = mkdtempSync(join(tmpdir(), 'lyss-doctor-'));
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  rmSync(data_dir, { recursive: true, force: true });
});

/** A server on a port of its own that answers so. */
async function listen(answer: RequestListener): Promise<string> {
  const made = createServer(answer);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  return String(typeof address === 'object' ? address?.port : '');
}

async function ask(PORT: string): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const code = await examine({ LYSS_DATA_DIR: data_dir, PORT }, (line) => void lines.push(line));
  return { code, text: lines.join('\n') };
}

const readiness = (status: number, body: object): RequestListener => (_request, response) => void response.writeHead(status).end(JSON.stringify(body));

describe('the doctor says of the server', () => {
  it('that it is ready', async () => {
    const port = await listen(readiness(200, { status: 'ready', dependencies: { database: 'up' } }));
    expect(await ask(port)).toMatchObject({ code: 0, text: expect.stringMatching(/^ok +server +answers at .* and is ready$/m) });
  });

  it('what it lacks while it is not ready', async () => {
    const port = await listen(readiness(503, { status: 'not_ready', dependencies: { database: 'down', server: 'up' } }));
    expect(await ask(port)).toMatchObject({ code: 1, text: expect.stringMatching(/^FAIL +server .*not ready \(database down\)/m) });
  });

  it.each([
    ['answers something else', (_request, response) => void response.end('<html>')],
    ['answers JSON of another kind', readiness(200, { status: 'UP' })],
    ['speaks no HTTP', (request) => void request.socket.end('SSH-2.0\r\n')],
  ] satisfies [string, RequestListener][])('that its port is another program’s when that %s', async (_name, answer) => {
    expect(await ask(await listen(answer))).toMatchObject({ code: 1, text: expect.stringMatching(/^FAIL +server .*another program.*PORT/m) });
  });

  it('that it is stopped, which is no fault, and how to start it', async () => {
    const port = await listen(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    expect(await ask(port)).toMatchObject({ code: 0, text: expect.stringMatching(/^note +server +not running.*npm start/m) });
  });

  it('that it hangs', async () => {
    expect(await ask(await listen(() => undefined))).toMatchObject({ code: 1, text: expect.stringMatching(/^FAIL +server .*doesn't answer/m) });
  });
});

it('the doctor tells a database that runs from one that it started itself', async () => {
  const running = await startEmbedded({ data_dir, fsync: false });
  expect((await ask('9')).text).toContain('built in, running;');
  await running.stop();
  expect((await ask('9')).text).toContain('built in, not running: started for this look and stopped again;');
});

it('the doctor says what to do about a database that is not reachable', async () => {
  const lines: string[] = [];
  expect(await examine({ LYSS_DATA_DIR: data_dir, PORT: '9', DATABASE_URL: 'postgres://somebody:hidden@localhost:9/lyss' }, (line) => void lines.push(line))).toBe(1);
  expect(lines.join('\n')).toMatch(/^FAIL database .*DATABASE_URL right\?$/m);
  expect(lines.join('\n')).not.toContain('hidden');
});
