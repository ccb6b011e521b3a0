import type { TenantDb } from '../db/tenancy.ts';

/** Where a maker is in its work; kept in the database between steps, so any replica can go on. */
export type ExportCursor = Record<string, string | number | boolean | null>;

export interface ExportOrder {
  id: string;
  params: Record<string, unknown>;
  created_at: string;
}

export interface ExportStep {
  /** A text is written as UTF-8. */
  content: string | Uint8Array;
  rows: number;
  cursor: ExportCursor;
  /** From 0 to 1. */
  progress: number;
  is_last: boolean;
}

/** What was ordered is more than a file of its kind may hold: the export fails and says so. */
export class ExportTooLarge extends Error {}

/** Makes one kind of file, a step at a time. */
export interface ExportMaker {
  /** The next part after `cursor` (null before the first), read in the step's own transaction; null where it must wait a moment. Throws ExportTooLarge. */
  step(db: TenantDb, order: ExportOrder, cursor: ExportCursor | null): Promise<ExportStep | null>;
}
