import { type ImportReport } from '@lyss/api-types';
import { sha256Hex } from '../../../crypto/digest.ts';
import { parseJson } from '../../../http/json-text.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { ARCHIVE_VERSION, manifest, type Manifest } from '../manifest.ts';
import type { ArchivedRow } from '../repository.ts';
import { archivedTables } from '../tables/tables.ts';
import { arrive, type Arriving } from './arrive.ts';
import { createParents, type Parents } from './parents/parents.ts';
import { countLines, decode, parseRows } from './parse-rows.ts';
import type { TarEntry } from './read-entries.ts';
import { ArchiveRefused, type Place } from './refused.ts';
import * as repository from './repository.ts';

const MANIFEST = 'manifest.json';
const NO_ID = '';

interface Progress {
  /** Where in the order of tables it is, and in which part. */
  table: number;
  part: number;
  last_id: string;
  seen: Map<string, { sha256: string; bytes: number; rows: number }>;
  rows: Record<string, number>;
  parents: Parents;
  suppliers: number;
}

/** Writes an archive's rows behind this tenant's wall, each judged first. Throws ArchiveRefused; what was written then goes with the transaction. */
export async function bringIn(db: TenantDb, entries: AsyncIterable<TarEntry>, to: Arriving): Promise<ImportReport> {
  const progress: Progress = { table: 0, part: 0, last_id: NO_ID, seen: new Map(), rows: {}, parents: createParents(to), suppliers: 0 };
  let said: Manifest | null = null;
  for await (const entry of entries) {
    if (said) throw new ArchiveRefused('wrong_file', { file: entry.name });
    if (entry.name === MANIFEST) said = readManifest(entry);
    else if (entry.name.startsWith('audit/')) await bringTrail(db, progress, entry);
    else await bringFile(db, progress, entry, to);
  }
  if (!said) throw new ArchiveRefused('damaged', { file: MANIFEST });
  compare(said, progress);
  await progress.parents.settle(db, new Map(), null);
  const { id: _id, workspace, ...settings } = said.tenant;
  await repository.replaceSettings(db, settings);
  const people = (progress.rows['users'] ?? 0) - (to.same_person === null ? 0 : 1);
  return {
    tenant: { name: settings.name, workspace },
    made_at: said.made_at,
    lyss_version: said.lyss_version,
    rows: { ...progress.rows, users: people, api_keys: 0 },
    to_do: { people, suppliers: progress.suppliers, api_keys: progress.rows['api_keys'] ?? 0 },
    audit_head: said.audit.head,
  };
}

/** Only its sum is looked at. The transaction is spoken in meanwhile, or PostgreSQL would take it for a forgotten one. */
async function bringTrail(db: TenantDb, progress: Progress, entry: TarEntry): Promise<void> {
  note(progress, entry, countLines(entry.content));
  await repository.readSettings(db);
}

function note({ seen }: Progress, { name, content }: TarEntry, rows: number): void {
  // A file of the trail may hold nothing.
  seen.set(name, { sha256: sha256Hex(content), bytes: content.byteLength, rows: content.byteLength === 0 ? 0 : rows });
}

async function bringFile(db: TenantDb, progress: Progress, entry: TarEntry, to: Arriving): Promise<void> {
  const [, name = '', digits = ''] = /^data\/([a-z_]+)-(\d{6})\.jsonl$/.exec(entry.name) ?? [];
  const index = archivedTables.findIndex((table) => table.name === name);
  const table = archivedTables[index];
  const isNext = index === progress.table ? Number(digits) === progress.part + 1 : index > progress.table && Number(digits) === 1;
  if (!table || !isNext) throw new ArchiveRefused('wrong_file', { file: entry.name });
  if (index !== progress.table) Object.assign(progress, { table: index, last_id: NO_ID });
  progress.part = Number(digits);
  const rows = await parseRows(table, entry, progress.last_id);
  progress.last_id = rows.at(-1)?.id ?? progress.last_id;
  progress.rows[name] = (progress.rows[name] ?? 0) + rows.length;
  note(progress, entry, rows.length);
  const written = new Map<string, Place>();
  const arrived = rows.flatMap((row, index) => {
    const place = { file: entry.name, line: index + 1 };
    const come = arriveFrom(progress, place, { table: name, row, to });
    for (const { id } of come) written.set(String(id), place);
    return come;
  });
  await repository.insertRows(db, name, arrived);
  if (name === 'messages') await progress.parents.settle(db, written, progress.last_id);
}

function arriveFrom(progress: Progress, place: Place, { table, row, to }: { table: string; row: ArchivedRow; to: Arriving }): Record<string, unknown>[] {
  try {
    const arrived = arrive(table, row, to);
    if (!arrived) return [];
    if (table === 'supplier_credentials' && row['provider'] !== 'demo') progress.suppliers += 1;
    return [table === 'messages' ? progress.parents.hold(row, arrived, place) : arrived];
  } catch (error) {
    if (error instanceof ArchiveRefused) throw new ArchiveRefused(error.code, { ...error.place, ...place });
    throw error;
  }
}

function readManifest({ name, content }: TarEntry): Manifest {
  const value = parseManifest(name, content);
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== 'lyss-tenant-archive') throw new ArchiveRefused('not_an_archive', { file: name });
  if (version !== ARCHIVE_VERSION) throw new ArchiveRefused('unknown_version', { file: name });
  const { data, error } = manifest.safeParse(value);
  if (error) throw new ArchiveRefused('invalid_row', { file: name, field: error.issues[0]?.path.join('.') });
  return data;
}

function parseManifest(name: string, content: Buffer): unknown {
  try {
    return parseJson(decode(name, content));
  } catch (error) {
    throw new ArchiveRefused('not_an_archive', { file: name }, error);
  }
}

/** Each file that the manifest names must be there as it says, and no other. */
function compare({ files, tables }: Manifest, { seen, rows }: Progress): void {
  for (const { name, ...said } of files) {
    const found = seen.get(name);
    if (!found || found.sha256 !== said.sha256 || found.bytes !== said.bytes || found.rows !== said.rows) throw new ArchiveRefused('damaged', { file: name });
  }
  if (files.length !== seen.size) throw new ArchiveRefused('damaged', { file: MANIFEST });
  for (const [name, said] of Object.entries(tables)) if (said.rows !== (rows[name] ?? 0)) throw new ArchiveRefused('damaged', { file: MANIFEST, field: `tables.${name}` });
}
