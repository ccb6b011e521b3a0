import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { USAGE_EXIT } from '../exit-codes.ts';
import { exportAudit } from './export-audit.ts';

const checker = fileURLToPath(new URL('../../../../scripts/verify-audit-export.mjs', import.meta.url));

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await createTestApp();
  folder = mkdtempSync(join(tmpdir(), 'lyss-platform-trail-'));
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

async function run(options: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  return { code: await exportAudit({ app_url: app.database.app_url }, options, (line) => void lines.push(line)), lines };
}

it('writes the platform’s trail with itself in it, and the chain in it can be checked without us', async () => {
  const file = join(folder, 'platform.jsonl');
  const { code, lines } = await run({ file });
  const entries = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { seq: number; action: string; tenant_id: string | null; address: string });
  expect([code, lines]).toEqual([0, [`${entries.length} entries written to ${file}; node scripts/verify-audit-export.mjs checks it.`]]);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
  expect(new Set(entries.map(({ tenant_id }) => tenant_id))).toEqual(new Set([null]));
  expect(entries.map(({ action }) => action)).toContain('setup.completed');
  expect(entries).toContainEqual(expect.objectContaining({ action: 'audit.exported', address: 'command-line' }));
  expect(execFileSync(process.execPath, [checker, file], { encoding: 'utf8' })).toBe(`${entries.length} entries, seals 1 to ${entries.length}: nothing wrong\n`);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('writes over no file, and says what it needs', async () => {
  const file = join(folder, 'mine.csv');
  writeFileSync(file, 'mine');
  expect(await run({ file, format: 'csv' })).toEqual({ code: 1, lines: [`${file} is there already: name a file that is not.`] });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect((await run({})).code).toBe(USAGE_EXIT);
  expect((await run({ file: join(folder, 'x'), format: 'xml' })).code).toBe(USAGE_EXIT);
});
