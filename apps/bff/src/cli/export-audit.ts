import { open } from 'node:fs/promises';
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

const WAIT_MS = 300;
const askedSchema = z.object({ file: z.string().min(1), format: z.enum(['jsonl', 'csv']).default('jsonl') });

/**
 * Writes the platform's trail to a new file, up to what was sealed when it was asked for; it writes over none. The export
 * itself stands in the trail, as its last entry. Answers 1 where the file is there already.
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
    const tenancy = createTenancy(database);
    await tenancy.withPlatform((db) => appendPlatformAudit(db, commandLine, { action: 'audit.exported', resource_type: 'audit', resource_id: null, details: { format } }));
    let rows = 0;
    for await (const step of readTrail(tenancy, format)) {
      await target.write(step.content as string);
      rows += step.rows;
      if (step.is_last) await target.sync();
    }
    say(`${rows} ${rows === 1 ? 'entry' : 'entries'} written to ${file}${format === 'jsonl' ? '; node scripts/verify-audit-export.mjs checks it' : ''}.`);
    return 0;
  } finally {
    await target?.close();
    await database.close();
  }
}

async function* readTrail(tenancy: Tenancy, format: 'jsonl' | 'csv'): AsyncGenerator<ExportStep> {
  const order = { params: { format }, created_at: new Date().toISOString() };
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
