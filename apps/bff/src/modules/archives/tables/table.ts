import { z } from 'zod';
import { id, instant } from '@lyss/api-types';

/** Why something of a tenant's stays out of its archive. */
export type LeftOut =
  | 'secret' // a key, a hash of a password or a token, or what lets somebody recognise one
  | 'session' // who is signed in, and for how long: belongs to this installation
  | 'passing' // gone within days by itself: links, event logs, idempotency keys, files
  | 'bookkeeping' // what this installation keeps for itself: versions, leases, instance ids
  | 'restated' // stands in the archive in another form: the seals beside their entries, the tenant in the manifest
  | 'tried here'; // the result of a trial that this installation made

/** One table of the archive: its rows are JSON objects of exactly `row`'s fields, in this order. */
export interface ArchivedTable {
  name: string;
  row: z.ZodObject;
  /** When a row came to be: an archive holds none that is younger than its order. */
  born: string;
  /** Every other column of the table, with the reason. A column that stands nowhere fails a test. */
  left_out: Record<string, LeftOut>;
}

export const at = instant;
export const maybe = <T extends z.ZodType>(type: T) => type.nullable();
export const text = (most: number) => z.string().max(most);
/** PostgreSQL's bigint, which JSON's readers cannot all hold. */
export const bigCount = z.string().regex(/^\d{1,18}$/);
/** Tokens of one call: a hundred thousand times what is believed of a supplier. Sums of them stay numbers. */
export const tokenCount = z.string().regex(/^\d{1,12}$/);
/** Nano-units of one call: a million of any currency. */
export const nanoCost = z.string().regex(/^\d{1,15}$/);
export const own = { id };
