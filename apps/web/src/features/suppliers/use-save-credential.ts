import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { createSupplier, refetchSuppliers, replaceSupplier } from './api.ts';
import { toCreateBody, toReplaceBody, type Draft } from './draft.ts';

/** Saves a draft: a new credential, or the changes to a saved one. Fetches again even after a refusal: a 412 says that what is shown is old. */
export function useSaveCredential(kind: CatalogueSupplier, saved: SupplierCredential | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) =>
      saved ? replaceSupplier({ id: saved.id, version: saved.version, body: toReplaceBody(draft, kind, saved) }) : createSupplier(toCreateBody(draft, kind)),
    onSettled: () => void refetchSuppliers(client),
  });
}
