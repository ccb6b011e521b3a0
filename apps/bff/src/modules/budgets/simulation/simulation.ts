import type { SimulatedRecord } from './repository.ts';

export interface SimulatedDay {
  day: string;
  cost: bigint;
  refused: number;
  highest_percent: number;
}
export interface Outcome {
  requests: number;
  refused: number;
  unpriced: number;
  cost: bigint;
  refused_cost: bigint;
  days: SimulatedDay[];
  /** By holder; '' for a pot that all share. */
  hit: Map<string, { refused: number; first_at: string }>;
}

const MOST_PERCENT = 1_000_000n;

/** Admits records in the order of time, as a budget that holds nothing for calls that run; each pot by itself. */
export function createSimulation({ limit, is_hard }: { limit: bigint; is_hard: boolean }) {
  const spent = new Map<string, bigint>();
  const days = new Map<string, SimulatedDay>();
  const outcome: Omit<Outcome, 'days'> = { requests: 0, refused: 0, unpriced: 0, cost: 0n, refused_cost: 0n, hit: new Map() };

  const refuse = (record: SimulatedRecord, day: SimulatedDay, cost: bigint) => {
    outcome.refused += 1;
    outcome.refused_cost += cost;
    day.refused += 1;
    const holder = record.holder_id ?? '';
    const known = outcome.hit.get(holder);
    if (known) known.refused += 1;
    else outcome.hit.set(holder, { refused: 1, first_at: record.created_at });
  };

  return {
    take(record: SimulatedRecord): void {
      outcome.requests += 1;
      if (record.cost_nano === null) outcome.unpriced += 1;
      const cost = BigInt(record.cost_nano ?? 0);
      outcome.cost += cost;
      const day = days.get(record.day) ?? { day: record.day, cost: 0n, refused: 0, highest_percent: 0 };
      days.set(record.day, day);
      day.cost += cost;
      const pot = `${record.holder_id ?? ''} ${record.period}`;
      const before = spent.get(pot) ?? 0n;
      const isRefused = is_hard && before + cost > limit;
      if (isRefused) refuse(record, day, cost);
      else spent.set(pot, before + cost);
      day.highest_percent = Math.max(day.highest_percent, percentOf(isRefused ? before : before + cost, limit));
    },
    end: (): Outcome => ({ ...outcome, days: [...days.values()] }),
  };
}

function percentOf(spent: bigint, limit: bigint): number {
  if (limit === 0n) return 100;
  const percent = (spent * 100n) / limit;
  return Number(percent > MOST_PERCENT ? MOST_PERCENT : percent);
}
