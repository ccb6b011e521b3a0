import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { SupplierCredential } from '@lyss/api-types';
import { isStale } from '../../api/failure.ts';
import { placeSupplier, refetchSuppliers, replaceSupplier } from './api.ts';
import { toEnabledBody } from './draft.ts';

export interface ToggleHopes {
  /** It went through; `undo` puts it back with the version that came of it. */
  onDone: (saved: SupplierCredential, undo: () => void) => void;
  onUndone: (saved: SupplierCredential) => void;
  /** It did not; the row is as it was, or as somebody else left it. */
  onRefused: (row: SupplierCredential, failure: Error, stale: boolean) => void;
}

/** Sends it, and shows it before the answer; puts the row back where the answer is no. Throws what the server said. */
async function setEnabled(client: QueryClient, row: SupplierCredential, enabled: boolean): Promise<SupplierCredential> {
  await client.cancelQueries({ queryKey: ['suppliers', 'list'] });
  placeSupplier(client, { ...row, enabled });
  try {
    const saved = await replaceSupplier({ id: row.id, version: row.version, body: toEnabledBody(row, enabled) });
    placeSupplier(client, saved);
    return saved;
  } catch (failure) {
    placeSupplier(client, row);
    throw failure;
  } finally {
    void refetchSuppliers(client);
  }
}

/** The switch in the row: seen at once, undone on request, rolled back with a reason. One change of a row at a time. */
export function useToggleSupplier(hopes: ToggleHopes) {
  const client = useQueryClient();
  const changing = useRef(new Set<string>());
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const change = async (row: SupplierCredential, enabled: boolean, isUndo: boolean): Promise<void> => {
    if (changing.current.has(row.id)) return;
    changing.current.add(row.id);
    setBusy(new Set(changing.current));
    try {
      const saved = await setEnabled(client, row, enabled);
      if (isUndo) hopes.onUndone(saved);
      else hopes.onDone(saved, () => void change(saved, row.enabled, true));
    } catch (failure) {
      const reason = failure instanceof Error ? failure : new Error(String(failure));
      hopes.onRefused(row, reason, isStale(reason));
    } finally {
      changing.current.delete(row.id);
      setBusy(new Set(changing.current));
    }
  };
  return { toggle: (row: SupplierCredential, enabled: boolean) => void change(row, enabled, false), busy };
}
