import { useState } from 'react';
import type { CredentialTest, SupplierCredential } from '@lyss/api-types';
import { useLanguage } from '../../app/i18n/use-texts.ts';
import { ApiFailure } from '../../api/client.ts';
import { createSupplier, testSupplier, type SupplierDraft } from './supplier-api.ts';

type Progress = { state: 'typing' | 'testing' | 'saving' | 'saved'; test?: CredentialTest; failure?: ApiFailure };

/** Tries a connection at its supplier and saves it once it has passed; what was found stays until something else is typed. */
export function useConnecting(onSaved: (saved: SupplierCredential) => void) {
  const language = useLanguage();
  const [progress, setProgress] = useState<Progress>({ state: 'typing' });

  async function connect(draft: SupplierDraft) {
    let test: CredentialTest | undefined;
    setProgress({ state: 'testing' });
    try {
      test = await testSupplier(draft);
      setProgress({ state: test.ok ? 'saving' : 'typing', test });
      if (!test.ok) return;
      onSaved(await createSupplier(draft, language));
      setProgress({ state: 'saved', test });
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      setProgress({ state: 'typing', ...(test ? { test } : {}), failure });
    }
  }
  return { ...progress, connect, reset: () => setProgress({ state: 'typing' }) };
}
