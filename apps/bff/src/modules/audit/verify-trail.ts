import type { AuditVerification, VerifyAuditInput } from '@lyss/api-types';
import { CHAIN_START, digestEntry, linkHash, type Seal } from './chain.ts';
import * as repository from './repository.ts';
import type { SealedPair, TrailDb } from './repository.ts';

type Fault = AuditVerification['faults'][number];

/** Seals in one step: about 30 ms of hashing. */
const STEP = 2_000;
const FAULTS_SHOWN = 100;

/** Checks one stretch of a trail's chain after `after_seq`, `step` seals of it; the last stretch also finds what was never sealed. */
export async function verifyStretch(db: TrailDb, { after_seq, known }: VerifyAuditInput, step = STEP): Promise<AuditVerification> {
  const start = (await repository.findChainStart(db)) ?? CHAIN_START;
  const head = await repository.findLastSeal(db);
  const from = Math.max(after_seq, start.seq);
  const base = from === start.seq ? start.hash : await repository.findSealHash(db, from);
  const pairs = await repository.listSealed(db, from, step);
  const faults = judge(pairs, from, base);
  const isLast = pairs.length < step;
  if (known && known.seq >= start.seq) faults.push(...(await compareKnown(db, start, known)));
  if (isLast) for (const { id, at } of await repository.listOverdue(db, FAULTS_SHOWN)) faults.push({ kind: 'unsealed', seq: null, entry_id: id, at });
  return {
    checked: pairs.length,
    total: (head?.seq ?? start.seq) - start.seq,
    next_seq: isLast ? null : (pairs.at(-1)?.seq ?? null),
    head: head ? { seq: head.seq, hash: head.hash.toString('hex') } : null,
    begins_after: start.seq,
    faults: faults.slice(0, FAULTS_SHOWN),
  };
}

/** After a fault it goes on from the seal as it stands, so that each fault is told once. */
function judge(pairs: SealedPair[], from: number, base: Buffer | null): Fault[] {
  const faults: Fault[] = base === null ? [{ kind: 'missing', seq: from, entry_id: null, at: null }] : [];
  let previous = { seq: from, hash: base };
  for (const pair of pairs) {
    for (let seq = previous.seq + 1; seq < pair.seq && faults.length < FAULTS_SHOWN; seq++) faults.push({ kind: 'missing', seq, entry_id: null, at: null });
    const kind = judgeOne(pair, pair.seq === previous.seq + 1 ? previous.hash : null);
    if (kind) faults.push({ kind, seq: pair.seq, entry_id: pair.entry_id, at: pair.entry_at });
    previous = pair;
  }
  return faults;
}

/** `previous` is null where the link before it is gone, which is told already. */
function judgeOne({ entry, seq, digest, hash }: SealedPair, previous: Buffer | null): Fault['kind'] | null {
  if (!entry) return 'missing';
  if (!digestEntry(entry).equals(digest)) return 'changed';
  return previous === null || linkHash(previous, seq, digest).equals(hash) ? null : 'reordered';
}

async function compareKnown(db: TrailDb, start: Pick<Seal, 'seq' | 'hash'>, known: { seq: number; hash: string }): Promise<Fault[]> {
  const hash = known.seq === start.seq ? start.hash : await repository.findSealHash(db, known.seq);
  if (hash?.toString('hex') === known.hash) return [];
  return [{ kind: hash ? 'changed' : 'missing', seq: known.seq, entry_id: null, at: null }];
}
