import { newId } from '../crypto/digest.ts';
import type { Tenancy } from '../db/tenancy.ts';
import { insertUsage } from './repository.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** A month of past calls of one person through the demo supplier, so that later pages have something to add up. Nothing cost anything. */
export async function seedUsage(tenancy: Tenancy, { tenant_id, user_id }: { tenant_id: string; user_id: string }): Promise<void> {
  const rows = Array.from({ length: DAYS }, (_, day) =>
    Array.from({ length: 1 + ((day * 7 + user_id.charCodeAt(user_id.length - 1)) % 5) }, (_unused, call) => ({
      ...{ tenant_id, id: newId(), user_id, conversation_id: null, reply_id: null, model: 'lyss-demo', supplier: 'demo', credential_id: null },
      ...{ input_tokens: 120 + day * 3 + call * 40, output_tokens: 260 + day * 5 + call * 25, cached_tokens: 0, reasoning_tokens: 0, estimated: false },
      ...{ cost_nano: 0n, currency: 'USD', outcome: 'complete', duration_ms: 1_800 + call * 130, time_to_first_token_ms: 40 + call, request_id: 'seed-demo' },
      created_at: new Date(Date.now() - (DAYS - day) * DAY_MS + call * 3_600_000),
    })),
  ).flat();
  await insertUsage(tenancy, tenant_id, rows);
}
