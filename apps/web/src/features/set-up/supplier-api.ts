import { useEffect, useState } from 'react';
import type { CatalogueSupplier, CredentialTest, Model, SupplierCredential } from '@lyss/api-types';
import { call } from '../../api/client.ts';

export interface SupplierDraft {
  supplier: CatalogueSupplier;
  api_key: string;
  base_url: string;
}

function connection({ supplier, api_key, base_url }: SupplierDraft) {
  return {
    provider: supplier.provider,
    ...(api_key.trim() === '' ? {} : { api_key: api_key.trim() }),
    ...(supplier.base_url_editable && base_url.trim() !== '' ? { base_url: base_url.trim() } : {}),
  };
}

/** Tries a key at its supplier without storing anything. Throws ApiFailure. */
export function testSupplier(draft: SupplierDraft): Promise<CredentialTest> {
  return call('suppliers.test', { body: connection(draft) });
}

/** Stores a credential under the supplier's own name in the person's language. Throws ApiFailure. */
export function createSupplier(draft: SupplierDraft, language: 'zh-CN' | 'en-US'): Promise<SupplierCredential> {
  return call('suppliers.create', { body: { ...connection(draft), name: draft.supplier.name[language] } });
}

type Read<T> = { items: T[] | null; failure: Error | null; retry: () => void };

// These pages come before the console and its query client: one read, one state.
function useRead<T>(read: (signal: AbortSignal) => Promise<{ items: T[] }>): Read<T> {
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ items: T[] | null; failure: Error | null }>({ items: null, failure: null });
  useEffect(() => {
    const control = new AbortController();
    read(control.signal).then(
      ({ items }) => setFound({ items, failure: null }),
      (thrown: unknown) => control.signal.aborted || setFound({ items: null, failure: thrown instanceof Error ? thrown : new Error(String(thrown)) }),
    );
    return () => control.abort();
  }, [read, turn]);
  return { ...found, retry: () => setTurn(turn + 1) };
}

const readCatalogue = (signal: AbortSignal) => call('suppliers.available', { signal });
const readSaved = (signal: AbortSignal) => call('suppliers.list', { query: { page_size: 20 }, signal });
const readModels = (signal: AbortSignal) => call('models.list', { signal });

export const useCatalogue = (): Read<CatalogueSupplier> => useRead(readCatalogue);
export const useSaved = (): Read<SupplierCredential> => useRead(readSaved);
export const useModels = (): Read<Model> => useRead(readModels);
