import { useQueryClient, type FetchQueryOptions, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isStale } from '../../api/failure.ts';

/** One row twice: as an edit began from it, and as somebody else saved it meanwhile. */
export interface Overtaken<Row> {
  from: Row;
  to: Row;
}

/**
 * What an edit began from. A list that refreshes itself changes nothing here: its newer version would let a draft
 * undo what nobody saw. `overtake` takes a refusal: where it was a 412, the newest row is read, told, and begun from.
 */
export function useBasis<Row extends { version: number }, Key extends QueryKey>(asked: Row, one: FetchQueryOptions<Row, Error, Row, Key>) {
  const client = useQueryClient();
  const [basis, setBasis] = useState(asked);
  const [overtaken, setOvertaken] = useState<Overtaken<Row> | null>(null);
  const overtake = async (failure: Error): Promise<void> => {
    setOvertaken(null);
    if (!isStale(failure)) return;
    // Where it can't be read the next try is refused again, and reads again.
    const to = await client.fetchQuery({ ...one, staleTime: 0 }).catch(() => null);
    if (to === null || to.version === basis.version) return;
    setBasis(to);
    setOvertaken({ from: basis, to });
  };
  return { basis, overtaken, overtake };
}

// The order in which roles or models were ticked says nothing.
function write(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
}

/** A draft upon what was saved meanwhile: what was typed stays, what nobody touched follows. */
function rebaseDraft<Draft extends object>(draft: Draft, from: Draft, to: Draft): Draft {
  const touched = Object.entries(draft).filter(([name, value]) => write(value) !== write(from[name as keyof Draft]));
  return { ...to, ...Object.fromEntries(touched) };
}

/** Puts a form's draft upon what was saved meanwhile, as soon as that is known. */
export function useRebase<Row, Draft extends object>(overtaken: Overtaken<Row> | null, draftOf: (row: Row) => Draft, form: { draft: Draft; change: (draft: Draft) => void }): void {
  useEffect(() => {
    if (overtaken) form.change(rebaseDraft(form.draft, draftOf(overtaken.from), draftOf(overtaken.to)));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each: what is typed afterwards is typed upon it
  }, [overtaken]);
}
