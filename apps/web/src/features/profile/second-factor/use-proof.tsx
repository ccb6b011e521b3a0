import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { SecondFactors } from '@lyss/api-types';
import { ApiFailure } from '../../../api/client.ts';
import { readReason } from '../../../api/failure.ts';
import { mySecondFactors, type Run } from './api.ts';
import { ProofDialog } from './proof-dialog.tsx';
import { ProofGivenUp } from './say-failure.ts';

interface Waiting {
  factors: SecondFactors;
  go: () => void;
  giveUp: () => void;
}

// A call takes a moment to arrive.
const MARGIN_MS = 5000;
const isFresh = (factors: SecondFactors | undefined) => factors?.fresh_until != null && Date.parse(factors.fresh_until) - MARGIN_MS > Date.now();
const isProofNeeded = (failure: unknown) => failure instanceof ApiFailure && readReason(failure) === 'fresh_proof_needed';

/** Asks who it is before a change where the session proved it too long ago, and then goes on with the change. Put `dialog` anywhere. */
export function useProof(): { run: Run; dialog: ReactNode } {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const ask = async () => {
    // Read anew: what proves it may have changed in another tab.
    const factors = await client.fetchQuery({ ...mySecondFactors, staleTime: 0 });
    await new Promise<void>((resolve, reject) => {
      setWaiting({ factors, go: resolve, giveUp: () => reject(new ProofGivenUp()) });
    }).finally(() => setWaiting(null));
  };
  const run: Run = async (work) => {
    const before = client.getQueryData(mySecondFactors.queryKey);
    if (before !== undefined && !isFresh(before)) await ask();
    try {
      return await work();
    } catch (failure) {
      if (!isProofNeeded(failure)) throw failure;
      await ask();
      return work();
    }
  };
  const prove = (fresh_until: string) => {
    client.setQueryData(mySecondFactors.queryKey, (old) => (old === undefined ? old : { ...old, fresh_until }));
    waiting?.go();
  };
  return { run, dialog: waiting ? <ProofDialog factors={waiting.factors} onProved={prove} onClose={waiting.giveUp} /> : null };
}
