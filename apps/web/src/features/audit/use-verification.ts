import { useEffect, useRef, useState } from 'react';
import type { AuditVerification } from '@lyss/api-types';
import { verifyStep, type Trail } from './api.ts';

export interface Verification {
  state: 'idle' | 'running' | 'stopped' | 'done' | 'failed';
  checked: number;
  total: number;
  begins_after: number;
  head: AuditVerification['head'];
  faults: AuditVerification['faults'];
  failure: Error | null;
}
export interface Head {
  seq: number;
  hash: string;
}

const idle: Verification = { state: 'idle', checked: 0, total: 0, begins_after: 0, head: null, faults: [], failure: null };

/** Checks a trail stretch by stretch until its end, or until somebody has seen enough. */
export function useVerification(trail: Trail) {
  const [result, setResult] = useState(idle);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);

  async function run(known: Head | null) {
    const control = new AbortController();
    stopping.current = control;
    let found: Verification = { ...idle, state: 'running' };
    setResult(found);
    try {
      for (let after: number | null = 0; after !== null; ) {
        const step: AuditVerification = await verifyStep(trail, { after_seq: after, ...(after === 0 && known ? { known } : {}) }, control.signal);
        found = { ...found, checked: found.checked + step.checked, total: step.total, begins_after: step.begins_after, head: step.head, faults: [...found.faults, ...step.faults] };
        after = step.next_seq;
        if (control.signal.aborted) return;
        setResult(after === null ? { ...found, state: 'done' } : found);
      }
    } catch (error) {
      if (!control.signal.aborted) setResult({ ...found, state: 'failed', failure: error instanceof Error ? error : new Error(String(error)) });
    }
  }
  const stop = () => {
    stopping.current?.abort();
    setResult((now) => ({ ...now, state: 'stopped' }));
  };
  return { result, start: (known: Head | null) => void run(known), stop };
}

/** `12 abcdef…` as the page gives a head to copy; null for anything else. */
export function readHead(text: string): Head | null {
  const [, seq, hash] = /^\s*(\d{1,15})\s+([0-9a-f]{64})\s*$/i.exec(text) ?? [];
  return seq && hash && Number(seq) > 0 ? { seq: Number(seq), hash: hash.toLowerCase() } : null;
}
