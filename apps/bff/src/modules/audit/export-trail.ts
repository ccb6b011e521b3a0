import type { AuditExportInput } from '@lyss/api-types';
import type { ExportCursor, ExportMaker, ExportOrder, ExportStep } from '../../exports/maker.ts';
import { CHAIN_START } from './chain.ts';
import { formatCsvHead, formatCsvLine, formatJsonLine } from './format-line.ts';
import * as repository from './repository.ts';
import type { TrailDb } from './repository.ts';

/** Seals looked at in one step: about half a megabyte of lines. */
const STEP = 1_000;
/** Longer than the sealer ever takes; without it an export must still come to an end. */
const PATIENCE_MS = 30_000;

interface Place extends ExportCursor {
  from: number;
  after: number;
  until: number;
}

/** A trail's file in the order of its seals, up to what was sealed when it was asked for, so that the chain can be checked from it. */
export const trailMaker: ExportMaker = { step: stepTrail };

/** The next part of a tenant's or the platform's trail after `cursor`; null while what came before the order waits for its seal. */
export async function stepTrail(db: TrailDb, order: Pick<ExportOrder, 'params' | 'created_at'>, cursor: ExportCursor | null, step = STEP): Promise<ExportStep | null> {
  // Written by the last step.
  const place = (cursor as Place | null) ?? (await findPlace(db, order));
  if (!place) return null;
  const { format, ...query } = order.params as AuditExportInput;
  const until = Math.min(place.after + step, place.until);
  const entries = await repository.listForExport(db, query, { after: place.after, until });
  const head = format === 'csv' && cursor === null ? formatCsvHead() : '';
  const lines = entries.map((entry) => (format === 'csv' ? formatCsvLine(entry) : formatJsonLine(entry)));
  const whole = place.until - place.from;
  return {
    content: head + lines.join(''),
    rows: entries.length,
    cursor: { ...place, after: until },
    progress: whole === 0 ? 1 : (until - place.from) / whole,
    is_last: until >= place.until,
  };
}

/** Null while entries from before the order are not sealed yet. */
async function findPlace(db: TrailDb, { created_at }: Pick<ExportOrder, 'created_at'>): Promise<Place | null> {
  const isPatient = Date.now() - Date.parse(created_at) < PATIENCE_MS;
  if (isPatient && (await repository.isUnsealedBefore(db, created_at))) return null;
  const from = ((await repository.findChainStart(db)) ?? CHAIN_START).seq;
  return { from, after: from, until: (await repository.findLastSeal(db))?.seq ?? from };
}
