import { z } from 'zod';

/** An amount of money with its unit: a decimal string, never a float. */
export const money = z.strictObject({ amount: z.string(), currency: z.string() }).meta({ id: 'Money' });
export type Money = z.infer<typeof money>;

/** Nine digits after the point, as the ledger keeps them; below a milliard, which a 64-bit count of them holds nine times. */
export const amount = z
  .string()
  .regex(/^\d{1,9}(?:\.\d{1,9})?$/)
  .describe('A decimal in the tenant’s currency');
