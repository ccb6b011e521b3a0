import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMasterKey, readKeyring } from './master-keys.ts';

let data_dir: string;
beforeAll(() => void (data_dir = mkdtempSync(join(tmpdir(), 'lyss-keys-'))));
afterAll(() => rmSync(data_dir, { recursive: true, force: true }));

it('is one keyring for two first starts at the same instant', async () => {
  const script = join(data_dir, 'start.mjs');
  const folder = join(data_dir, 'fresh');
  const module = JSON.stringify(new URL('master-keys.ts', import.meta.url).href);
  // Both stand ready and look at the folder at the same millisecond.
  writeFileSync(
    script,
    `import { readKeyring } from ${module};
     process.send('ready');
     process.on('message', (at) => { while (Date.now() < at); process.send(readKeyring(undefined, process.argv[2]).keyring.deriveBytes('x', 8).toString('hex')); process.disconnect(); });`,
  );
  const starts = Array.from({ length: 4 }, () => fork(script, [folder]));
  await Promise.all(starts.map((start) => once(start, 'message')));
  const answers = Promise.all(starts.map(async (start) => String((await once(start, 'message'))[0])));
  const at = Date.now() + 200;
  for (const start of starts) start.send(at);
  expect(new Set(await answers).size).toBe(1);
  expect(readdirSync(folder)).toEqual(['master-keys']);
  expect(statSync(join(folder, 'master-keys')).mode & 0o777).toBe(0o600);
});

it('seals with the file’s new key at once, and opens what the old one sealed', () => {
  const { keyring, file } = readKeyring(undefined, data_dir);
  const old = keyring.wrap('place', Buffer.from('secret'));
  addMasterKey(file ?? '');
  const fresh = keyring.wrap('place', Buffer.from('secret'));
  expect([old.master_key_id, fresh.master_key_id]).toEqual(['k1', 'k2']);
  for (const { master_key_id, wrapped } of [old, fresh]) expect(keyring.unwrap('place', master_key_id, wrapped).toString()).toBe('secret');
  expect(readFileSync(file ?? '', 'utf8')).toMatch(/^k2:[^,]+,k1:[^,]+$/);
});
