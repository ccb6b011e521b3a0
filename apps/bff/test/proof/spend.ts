import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/crypto/digest.ts';
import type { Ledger } from '../../src/modules/ledger/ledger.ts';

/** The most that one call may cost, in nano-units. */
export const DEAREST = 40;
/** One nano-unit an output token; what is sent costs nothing. */
export const ONE_A_TOKEN = { input: '0', output: '0.001', cached_input: null, currency: 'USD' };

const PACE_MS = 6;

export const fates = ['normal', 'abort', 'supplier error'] as const;
export type Fate = (typeof fates)[number];

/** Whose numbers a printed seed gives again (Mulberry32). */
export function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Spender {
  ledger: Ledger;
  tenant_id: string;
  user_id: string;
  model?: string;
  /** How long a half of a call lasts at most. */
  pace_ms?: number;
}

export interface Supplier {
  /** What a supplier sees of a call: that it came. */
  onSent(id: string): void;
  onRefused(id: string): void;
}

/** Asks for a call; null where it was refused. */
export async function reserve({ ledger, tenant_id, user_id, model = 'm' }: Spender, worst: number, least: number | null, supplier: Supplier, price: object | null = ONE_A_TOKEN) {
  const id = newId();
  const answer = await ledger.reserve(tenant_id, {
    ...{ id, surface: 'gateway', user_id, api_key_id: null, conversation_id: null, reply_id: null, workflow: null, request_id: 'proof', model, route: null },
    ...{ supplier: 'custom', supplier_model: model, credential_id: null, is_stream: true, price: price as typeof ONE_A_TOKEN | null, currency: 'USD' },
    ...{ amount_nano: BigInt(worst), least_nano: least === null ? null : BigInt(least), input_tokens: 1 },
  });
  if ('reason' in answer) return supplier.onRefused(id), null;
  supplier.onSent(id);
  return { id, granted: Number(answer.granted_nano) };
}

/** Ends a call at a cost that nobody has looked at: suppliers say what they like. */
export function settle({ ledger, tenant_id }: Spender, id: string, outcome: string, cost: number): Promise<boolean> {
  return ledger.settle(tenant_id, {
    ...{ id, outcome, status: null, error_kind: null, supplier: 'custom', supplier_model: 'm', credential_id: null, route: null, attempts: null, is_cache_hit: false, maybe_billed: false },
    ...{ input_tokens: 1, output_tokens: cost, cached_tokens: 0, reasoning_tokens: 0, estimated: false, cost_nano: BigInt(cost), duration_ms: 5, time_to_first_token_ms: 1 },
  });
}

/** One call as `fate` has it, by a supplier that now and then says more than it was allowed. */
export async function spendOnce(spender: Spender, fate: Fate, chance: () => number, supplier: Supplier): Promise<void> {
  const worst = 1 + Math.floor(chance() * DEAREST);
  const call = await reserve(spender, worst, chance() < 0.5 ? null : 1 + Math.floor(chance() * worst), supplier);
  if (!call) return;
  const used = Math.floor(call.granted * chance() * 1.5);
  const pace = spender.pace_ms ?? PACE_MS;
  await sleep(chance() * pace);
  if (fate !== 'normal' || chance() < 0.3) await spender.ledger.checkpoint(spender.tenant_id, { id: call.id, output_tokens: Math.floor(used / 2) });
  await sleep(chance() * pace);
  if (fate === 'supplier error') await settle(spender, call.id, chance() < 0.5 ? 'failed' : 'interrupted', chance() < 0.5 ? 0 : Math.floor(used / 2));
  else if (fate === 'abort') await settle(spender, call.id, 'stopped', Math.floor(used / 2));
  // Whoever ends it twice has ended it once.
  else await Promise.all(Array.from({ length: chance() < 0.2 ? 2 : 1 }, () => settle(spender, call.id, 'complete', used)));
}

/** Calls of the dearest kind until one is refused: what a budget has left afterwards is less than one of them. */
export async function spendTheRest(spender: Spender, supplier: Supplier): Promise<void> {
  for (let call = await reserve(spender, DEAREST, null, supplier); call; call = await reserve(spender, DEAREST, null, supplier)) await settle(spender, call.id, 'complete', DEAREST);
}
