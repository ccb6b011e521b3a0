import { open, rm, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { appendPlatformAudit } from '../audit/append.ts';
import { openDatabase } from '../db/database.ts';
import { createTenancy, type Tenancy } from '../db/tenancy.ts';
import type { ExportCursor, ExportStep } from '../exports/maker.ts';
import { USAGE_EXIT } from '../exit-codes.ts';
import { stepTrail } from '../modules/audit/export-trail.ts';
import { createSealer } from '../modules/audit/seal.job.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { commandLine } from './command-line.ts';
import { readClock } from './repository.ts';

const WAIT_MS = 300;
type Format = 'jsonl' | 'csv';
const askedSchema = z.object({ file: z.string().min(1), format: z.enum(['jsonl', 'csv']).default('jsonl') });

/**
 * Writes the platform's trail to a new file, up to what was sealed when it was asked for; it writes over none. The export
 * itself stands in it. Answers 1 where the file is there already; a file that could not be finished is taken away.
 */
export async function exportAudit({ app_url }: Pick<OpenedDatabase, 'app_url'>, given: unknown, say: (line: string) => void): Promise<number> {
  const asked = askedSchema.safeParse(given);
  if (!asked.success) return say(z.prettifyError(asked.error)), USAGE_EXIT;
  const { file, format } = asked.data;
  const database = openDatabase({ app_url, max: 1, onError: () => undefined });
  // Others on this machine have no business in it.
  const target = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? null : Promise.reject(error)));
  try {
    if (!target) return say(`${file} is there already: name a file that is not.`), 1;
    const rows = await writeTrail(createTenancy(database), format, target).catch(async (error: unknown) => {
      await rm(file);
      throw error;
    });
    say(`${rows} ${rows === 1 ? 'entry' : 'entries'} written to ${file}${format === 'jsonl' ? '; node scripts/verify-audit-export.mjs checks it' : ''}.`);
    return 0;
  } finally {
    await target?.close();
    await database.close();
  }
}

async function writeTrail(tenancy: Tenancy, format: Format, target: FileHandle): Promise<number> {
  // The database's clock, by which entries are dated; and after its own.
  const created_at = await tenancy.withPlatform(async (db) => {
    await appendPlatformAudit(db, commandLine, { action: 'audit.exported', resource_type: 'audit', resource_id: null, details: { format } });
    return readClock(db);
  });
  let rows = 0;
  for await (const step of readTrail(tenancy, { params: { format }, created_at })) {
    await target.write(Buffer.from(step.content));
    rows += step.rows;
  }
  await target.sync();
  return rows;
}

async function* readTrail(tenancy: Tenancy, order: { params: { format: Format }; created_at: string }): AsyncGenerator<ExportStep> {
  let cursor: ExportCursor | null = null;
  for (;;) {
    const after: ExportCursor | null = cursor;
    const step: ExportStep | null = await tenancy.withPlatform((db) => stepTrail(db, order, after));
    if (!step) {
      // What was written a moment ago waits for its seal, and no server may be running.
      await createSealer(tenancy).seal();
      await sleep(WAIT_MS);
      continue;
    }
    yield step;
    if (step.is_last) return;
    cursor = step.cursor;
  }
}
