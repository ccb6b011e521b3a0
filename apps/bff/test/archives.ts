import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileExport } from '@lyss/api-types';
import { expect } from 'vitest';
import type { TestApp, TestPerson } from './app.ts';

const PATH = '/api/v1/admin/tenant/exports';

/** A tenant's archive as its admin gets it. */
export async function makeArchive(app: TestApp, as: TestPerson): Promise<{ made: FileExport; bytes: Uint8Array; headers: Headers }> {
  const started = await app.call('POST', PATH, { as });
  expect(started.status, JSON.stringify(started.body)).toBe(202);
  const { id } = started.body.data;
  const read = async (): Promise<FileExport> => (await app.call('GET', `${PATH}/${id}`, { as })).body.data;
  await expect.poll(async () => (await read()).state, { timeout: 20_000 }).toBe('ready');
  const { bytes, headers } = await app.call('GET', `${PATH}/${id}/file`, { as });
  return { made: await read(), bytes, headers };
}

/** What the system's own tar finds in it: each file's content by its name. */
export function unpack(bytes: Uint8Array): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'lyss-archive-'));
  try {
    writeFileSync(join(folder, 'archive.tar.gz'), bytes);
    execFileSync('tar', ['xzf', 'archive.tar.gz'], { cwd: folder });
    rmSync(join(folder, 'archive.tar.gz'));
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(names.map(({ parentPath, name }) => [join(parentPath, name).slice(folder.length + 1), readFileSync(join(parentPath, name), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A table's rows in their order. */
export function rowsOf(files: Map<string, string>, table: string): Record<string, unknown>[] {
  const parts = [...files.keys()].filter((name) => name.startsWith(`data/${table}-`)).toSorted();
  return parts.flatMap((name) => (files.get(name) ?? '').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>));
}
