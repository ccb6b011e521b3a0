import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sha256Hex } from '../../crypto/digest.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { ExportTooLarge, type ExportCursor, type ExportMaker, type ExportOrder, type ExportStep } from '../../exports/maker.ts';
import { listFiles, noteFile } from './file-lines.ts';
import { ARCHIVE_VERSION, MOST_FILES, type Manifest } from './manifest.ts';
import * as repository from './repository.ts';
import { archivedTables, leftOutTables, tenantLeftOut } from './tables/tables.ts';
import { TAR_END, writeTarEntry } from './tar.ts';

const compress = promisify(gzip);
const DIGITS = 6;

export interface ArchivePorts {
  lyss_version: string;
  /** What an archive may unpack to: as much as is brought in here. */
  unpacked_bytes: number;
  /** The tenant's trail as JSON Lines, step by step. */
  trail: ExportMaker;
}

interface Place extends ExportCursor {
  /** Tables that are done. */
  tables: number;
  after: string | null;
  /** Of the table, or of the trail, that is being written. */
  part: number;
  done: number;
  total: number;
  /** Unpacked, so far. */
  bytes: number;
  made: number;
  /** A line a file so far. */
  files: string;
  trail: string | null;
  is_trail_done: boolean;
}

/** A tenant's archive, each step one file of it: a tar entry in a gzip member of its own, so any replica can go on. */
export function createArchiveMaker(ports: ArchivePorts): ExportMaker {
  return {
    async step(db, order, cursor) {
      // Written by this maker's own last step.
      const place = (cursor as Place | null) ?? (await begin(db, order));
      if (!place) return null;
      if (place.is_trail_done) return writeManifest(ports, db, order, place);
      return (await writeRows(ports, db, order, place)) ?? writeTrail(ports, db, order, place);
    },
  };
}

/** The last seal that the trail's files hold; its own maker says how far it came. */
const sealedUntil = ({ trail }: Place) => Number((JSON.parse(trail ?? '{}') as ExportCursor)['until'] ?? 0);

/** Null while something that began before the order may still bring rows that belong to it. */
async function begin(db: TenantDb, { created_at }: ExportOrder): Promise<Place | null> {
  if (await repository.isOlderTransactionOpen(db, created_at)) return null;
  let total = await repository.countSeals(db);
  for (const table of archivedTables) total += await repository.countRows(db, table, created_at);
  return { tables: 0, after: null, part: 0, done: 0, total, bytes: 0, made: 0, files: '', trail: null, is_trail_done: false };
}

/** The next part of a table; null where all are written. */
async function writeRows(ports: ArchivePorts, db: TenantDb, order: ExportOrder, place: Place): Promise<ExportStep | null> {
  for (let { tables, after, part } = place; ; tables++, after = null, part = 0) {
    const table = archivedTables[tables];
    if (!table) return null;
    const rows = await repository.listRows(db, table, { after, until: order.created_at });
    const last = rows.at(-1);
    if (!last) continue;
    const text = rows.map((row) => `${JSON.stringify(withoutPlatform(row))}\n`).join('');
    return writeFile(ports, order, { ...place, tables, after: last.id, part: part + 1 }, { name: `data/${table.name}`, content: text, rows: rows.length });
  }
}

/** The operator's role is the platform's: who has nothing else is a member. */
function withoutPlatform(row: repository.ArchivedRow): object {
  const { roles } = row;
  if (!Array.isArray(roles) || !roles.includes('super_admin')) return row;
  const own = roles.filter((role) => role !== 'super_admin');
  return { ...row, roles: own.length === 0 ? ['end_user'] : own };
}

async function writeTrail(ports: ArchivePorts, db: TenantDb, order: ExportOrder, place: Place): Promise<ExportStep | null> {
  const before = place.trail === null ? null : (JSON.parse(place.trail) as ExportCursor);
  const step = await ports.trail.step(db, { ...order, params: { format: 'jsonl' } }, before);
  if (!step) return null;
  const part = before === null ? 1 : place.part + 1;
  const next = { ...place, tables: archivedTables.length, after: null, part, trail: JSON.stringify(step.cursor), is_trail_done: step.is_last };
  return writeFile(ports, order, next, { name: 'audit/audit', content: step.content, rows: step.rows });
}

/** Throws ExportTooLarge beyond what an import takes: what is made comes back. */
async function writeFile(ports: ArchivePorts, order: ExportOrder, place: Place, { name, content, rows }: { name: string; content: string | Uint8Array; rows: number }): Promise<ExportStep> {
  const bytes = Buffer.from(content);
  const file = { name: `${name}-${String(place.part).padStart(DIGITS, '0')}.jsonl`, rows, bytes: bytes.byteLength, sha256: sha256Hex(bytes) };
  const done = place.done + rows;
  const entry = writeTarEntry(file.name, bytes, new Date(order.created_at));
  const next = { ...place, done, bytes: place.bytes + entry.byteLength, made: place.made + 1, files: place.files + noteFile(file) };
  if (next.made > MOST_FILES || next.bytes > ports.unpacked_bytes) throw new ExportTooLarge();
  return {
    content: await compress(entry),
    rows,
    cursor: next,
    // The manifest is still to come.
    progress: Math.min(0.99, place.total === 0 ? 0.99 : done / place.total),
    is_last: false,
  };
}

async function writeManifest({ lyss_version, unpacked_bytes }: ArchivePorts, db: TenantDb, order: ExportOrder, place: Place): Promise<ExportStep> {
  const files = listFiles(place.files);
  const ofTable = (name: string) => files.filter((file) => file.name.startsWith(`data/${name}-`)).reduce((sum, { rows }) => sum + rows, 0);
  const manifest: Manifest = {
    ...{ format: 'lyss-tenant-archive', version: ARCHIVE_VERSION, lyss_version, made_at: order.created_at },
    tenant: await repository.getTenant(db),
    tables: Object.fromEntries(archivedTables.map(({ name }) => [name, { rows: ofTable(name) }])),
    audit: await repository.readChain(db, sealedUntil(place)),
    left_out: { tables: leftOutTables, columns: Object.fromEntries([['tenants', tenantLeftOut], ...archivedTables.map(({ name, left_out }) => [name, left_out])]) },
    files,
  };
  const entry = writeTarEntry('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), new Date(order.created_at));
  if (place.bytes + entry.byteLength + TAR_END.byteLength > unpacked_bytes) throw new ExportTooLarge();
  return { content: await compress(Buffer.concat([entry, TAR_END])), rows: 0, cursor: place, progress: 1, is_last: true };
}
