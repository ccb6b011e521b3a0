import { newId } from '../crypto/digest.ts';
import type { Tenancy } from '../db/tenancy.ts';
import { insertUsage } from './repository.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const HOURS_APART = 3;

/** What was called in the demo's past: invented calls of models that everybody knows, at prices (nano-units a token) near their own. */
const called = [
  { model: 'gpt-4.1-mini', supplier: 'openai', input: 400n, output: 1_600n, surface: 'chat' },
  { model: 'claude-sonnet-4-5', supplier: 'anthropic', input: 3_000n, output: 15_000n, surface: 'chat' },
  { model: 'qwen-plus', supplier: 'qwen', input: 110n, output: 280n, surface: 'gateway' },
  { model: 'deepseek-chat', supplier: 'deepseek', input: 280n, output: 420n, surface: 'gateway' },
  { model: 'lyss-demo', supplier: 'demo', input: 0n, output: 0n, surface: 'chat' },
] as const;
const [FAILED_EVERY, STOPPED_EVERY, FEWEST, MOST] = [37, 23, 2, 9];

/** Three months of past calls of one person, so that charts and lists have something to show. They say nothing of what was said. */
export async function seedUsage(tenancy: Tenancy, { tenant_id, user_id, currency }: { tenant_id: string; user_id: string; currency: string }): Promise<void> {
  const own = user_id.codePointAt(user_id.length - 1) ?? 0;
  for (let day = 0; day < DAYS; day++) {
    const calls = FEWEST + ((day * 7 + own) % MOST);
    // Today's lie in the hours that have been.
    const rows = Array.from({ length: calls }, (_, call) => describeCall({ tenant_id, user_id, currency }, day, day * MOST + call + own, Date.now() - day * DAY_MS - (call + 1) * HOURS_APART * HOUR_MS));
    await insertUsage(tenancy, tenant_id, rows);
  }
}

function describeCall(whose: { tenant_id: string; user_id: string; currency: string }, day: number, number: number, at: number) {
  const { model, supplier, input, output, surface } = called[number % called.length] ?? called[0];
  const [input_tokens, output_tokens] = [400 + (number % 11) * 260, 180 + (number % 7) * 150 + (DAYS - day) * 4];
  const failure = number % FAILED_EVERY === 0 ? { outcome: 'failed', status: 503, error_kind: 'overloaded' } : null;
  return {
    ...{ ...whose, id: newId(), conversation_id: null, reply_id: null, model, supplier, surface, credential_id: null, request_id: `demo-${number}` },
    ...{ input_tokens, output_tokens: failure ? 0 : output_tokens, cached_tokens: 0, reasoning_tokens: 0, estimated: false },
    ...{ cost_nano: failure ? 0n : BigInt(input_tokens) * input + BigInt(output_tokens) * output, outcome: number % STOPPED_EVERY === 0 ? 'stopped' : 'complete', status: 200, ...failure },
    ...{ duration_ms: 700 + output_tokens * 6 + (number % 13) * 90, time_to_first_token_ms: failure ? null : 180 + (number % 9) * 55 },
    created_at: new Date(at),
  };
}
