import { id, instant, workspace } from '@lyss/api-types';
import { z } from 'zod';
import { tenantSettings } from './tables/tables.ts';

/** The format's own number; docs/tenant-archive.md says what changes it. */
export const ARCHIVE_VERSION = 1;

/** Files of one archive besides its manifest, which names each: some 20 million rows. */
export const MOST_FILES = 100_000;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const reasons = z.record(z.string(), z.string());

export const archivedFile = z.strictObject({ name: z.string(), rows: count, bytes: count, sha256: digest });
export type ArchivedFile = z.infer<typeof archivedFile>;

/** The last file of an archive: what the others are. */
export const manifest = z.strictObject({
  format: z.literal('lyss-tenant-archive'),
  version: z.literal(ARCHIVE_VERSION),
  lyss_version: z.string().max(40),
  made_at: instant,
  tenant: z.strictObject({ id, workspace, ...tenantSettings.shape }),
  tables: z.record(z.string(), z.strictObject({ rows: count })),
  audit: z.strictObject({ begins_after: count, head: z.strictObject({ seq: count, hash: digest }).nullable() }),
  left_out: z.strictObject({ tables: reasons, columns: z.record(z.string(), reasons) }),
  files: z.array(archivedFile),
});
export type Manifest = z.infer<typeof manifest>;
