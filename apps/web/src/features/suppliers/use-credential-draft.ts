import { useState } from 'react';
import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { draftOf, findHostChange, judgeDraft, startDraft, type Draft, type DraftField } from './draft.ts';
import { placeFailure } from './failure.ts';

const fields: readonly DraftField[] = ['name', 'base_url', 'api_key', 'models'];

/** What is typed into the form, what is wrong with it, and what the server said about it. */
export function useCredentialDraft(kind: CatalogueSupplier, saved: SupplierCredential | null, failure: Error | null) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const [draft, setDraft] = useState<Draft>(() => (saved ? draftOf(saved) : startDraft(kind, kind.name[locale])));
  const [left, setLeft] = useState<readonly DraftField[]>([]);
  const [sent, setSent] = useState<Draft | null>(null);
  const issues = judgeDraft(draft, kind, saved);
  const placed = placeFailure(failure, t);
  const hostChange = findHostChange(draft, saved);
  const errorOf = (field: DraftField): string | undefined => {
    const issue = issues[field];
    // That a new host asks for the key again is said at once, not after the field was left.
    if (issue && (left.includes(field) || issue === 'key_again')) return t(($) => $.issue[issue]);
    // The server's word about a field holds until that field is changed.
    return sent?.[field] === draft[field] ? placed.fields[field] : undefined;
  };
  return {
    draft,
    issues,
    hostChange,
    errorOf,
    banner: placed.banner,
    sound: Object.keys(issues).length === 0,
    change: (patch: Partial<Draft>) => setDraft((old) => ({ ...old, ...patch })),
    leave: (field: DraftField) => setLeft((old) => (old.includes(field) ? old : [...old, field])),
    send: () => {
      setLeft(fields);
      setSent(draft);
    },
    forgetKey: () => setDraft((old) => ({ ...old, api_key: '' })),
  };
}
export type CredentialDraft = ReturnType<typeof useCredentialDraft>;
