import type { CatalogueSupplier, CredentialTest, SupplierCredential } from '@lyss/api-types';
import { useTestSaved, useTestSupplier } from './api.ts';
import { toTestBody } from './draft.ts';
import type { CredentialDraft } from './use-credential-draft.ts';

export interface RunningTest {
  run: () => void;
  /** Address and key are sound enough to be tried. */
  ready: boolean;
  running: boolean;
  /** Of exactly what is typed now; a change of address or key takes it away. */
  result: CredentialTest | undefined;
  failure: Error | null;
}

/**
 * The test beside the form: of what is typed, or of the saved credential while address and key are untouched.
 * null where neither can be tried: a new path with the stored key, which only saving may send.
 */
export function useCredentialTest(kind: CatalogueSupplier, saved: SupplierCredential | null, { draft, issues }: CredentialDraft): RunningTest | null {
  const typed = useTestSupplier();
  const stored = useTestSaved();
  const sameAddress = saved !== null && draft.base_url.trim() === saved.base_url;
  const ready = issues.base_url === undefined && issues.api_key === undefined;
  if (saved && draft.api_key === '' && saved.key_hint !== null) {
    if (!sameAddress) return null;
    return { run: () => stored.mutate(saved.id), ready, running: stored.isPending, result: stored.data, failure: stored.error };
  }
  const body = toTestBody(draft, kind);
  const tried = typed.variables;
  const current = tried?.api_key === body.api_key && tried?.base_url === body.base_url;
  return {
    run: () => typed.mutate(body),
    ready,
    running: typed.isPending,
    result: current ? typed.data : undefined,
    failure: current ? typed.error : null,
  };
}
