import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { IMPORT_PIECE_BYTES, type FileExport, type TenantImport } from '@lyss/api-types';
import { expect, vi } from 'vitest';
import type { Manifest } from '../src/modules/archives/manifest.ts';
import { TAR_END, writeTarEntry } from '../src/modules/archives/tar.ts';
import type { TestApp, TestPerson } from './app.ts';

const PATH = '/api/v1/admin/tenant/exports';

/** A tenant's archive as its admin gets it. */
export async function makeArchive(app: TestApp, as: TestPerson): Promise<{ made: FileExport; bytes: Uint8Array; headers: Headers }> {
  const started = await app.call('POST', PATH, { as });
  expect(started.status, JSON.stringify(started.body)).toBe(202);
  const { id } = started.body.data;
  const read = async (): Promise<FileExport> => (await app.call('GET', `${PATH}/${id}`, { as })).body.data;
  await vi.waitFor(async () => expect((await read()).state).toBe('ready'), { timeout: 20_000 });
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

const IMPORTS = '/api/v1/admin/tenant/imports';

/** Sends an archive piece by piece, and waits until it was judged. */
export async function sendArchive(app: TestApp, as: TestPerson, bytes: Uint8Array, sha256 = createHash('sha256').update(bytes).digest('hex')): Promise<TenantImport> {
  const started = await app.call('POST', IMPORTS, { as, body: { file_name: 'archive.tar.gz', bytes: bytes.byteLength, sha256 } });
  expect(started.status, JSON.stringify(started.body)).toBe(201);
  const { id } = started.body.data;
  for (let number = 0; number * IMPORT_PIECE_BYTES < bytes.byteLength; number++) {
    const content = Buffer.from(bytes.subarray(number * IMPORT_PIECE_BYTES, (number + 1) * IMPORT_PIECE_BYTES)).toString('base64');
    const kept = await app.call('PUT', `${IMPORTS}/${id}/pieces`, { as, body: { number, content } });
    expect(kept.status, JSON.stringify(kept.body)).toBe(200);
  }
  return waitForImport(app, as, id);
}

export async function waitForImport(app: TestApp, as: TestPerson, id: string): Promise<TenantImport> {
  const read = async (): Promise<TenantImport> => (await app.call('GET', `${IMPORTS}/${id}`, { as })).body.data;
  await vi.waitFor(async () => expect((await read()).state).not.toMatch(/uploading|judging|applying/), { timeout: 20_000 });
  return read();
}

/** Packs files as an archive does; `describe` says what its manifest claims of them, where that is not the truth. */
export function pack(files: Map<string, string>, describe: (said: Manifest) => unknown = (said) => said): Buffer {
  const said = JSON.parse(files.get('manifest.json') ?? '') as Manifest;
  const content = [...files].filter(([name]) => name !== 'manifest.json').toSorted(([a], [b]) => order(a, said) - order(b, said));
  const count = (text: string) => text.split('\n').length - 1;
  said.files = content.map(([name, text]) => ({ name, rows: count(text), bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }));
  for (const table of Object.keys(said.tables)) said.tables[table] = { rows: said.files.filter(({ name }) => name.startsWith(`data/${table}-`)).reduce((sum, { rows }) => sum + rows, 0) };
  return gzipSync(Buffer.concat([...content, ['manifest.json', JSON.stringify(describe(said))] as const].map(([name, text]) => writeTarEntry(name, Buffer.from(text), new Date())).concat(TAR_END)));
}

/** Tables in their order, then the trail. */
function order(name: string, { tables }: Manifest): number {
  const at = Object.keys(tables).findIndex((table) => name.startsWith(`data/${table}-`));
  return at < 0 ? 1_000 : at;
}
