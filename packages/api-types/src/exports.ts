import { z } from 'zod';
import { id, instant } from './envelope.ts';

export const exportStates = ['queued', 'running', 'ready', 'failed', 'cancelled'] as const;

/** A file that is made in the background, and kept for a day. */
export const fileExport = z
  .strictObject({
    id,
    kind: z.string(),
    params: z.record(z.string(), z.unknown()).describe('What was asked for'),
    state: z.enum(exportStates),
    progress: z.number().min(0).max(1),
    rows: z.int(),
    bytes: z.int(),
    sha256: z.string().nullable().describe('Of the whole file, in hexadecimal; null until it is ready'),
    file_name: z.string(),
    requested_by: z.strictObject({ user_id: id, name: z.string() }),
    failure: z.enum(['internal', 'too_large', 'storage_full']).nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
    expires_at: instant.describe('Afterwards it is gone'),
  })
  .meta({ id: 'FileExport' });
export type FileExport = z.infer<typeof fileExport>;
