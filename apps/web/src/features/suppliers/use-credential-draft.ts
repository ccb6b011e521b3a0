import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { useDraft } from '../../app/form/use-draft.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useRebase, type Overtaken } from '../../app/list/use-basis.ts';
import { draftFields, draftOf, findHostChange, judgeDraft, startDraft, type Draft } from './draft.ts';
import { placeFailure } from './failure.ts';

interface DraftInput {
  kind: CatalogueSupplier;
  saved: SupplierCredential | null;
  overtaken: Overtaken<SupplierCredential> | null;
  failure: Error | null;
}

/** What is typed into the form, what is wrong with it, and what the server said about it. */
export function useCredentialDraft({ kind, saved, overtaken, failure }: DraftInput) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const form = useDraft({
    start: (): Draft => (saved ? draftOf(saved) : startDraft(kind, kind.name[locale])),
    fields: draftFields,
    judge: (draft) => judgeDraft(draft, kind, saved),
    say: (issue) => t(($) => $.issue[issue]),
    // That a new host asks for the key again is said at once, not after the field was left.
    isUrgent: (issue) => issue === 'key_again',
    placed: placeFailure(failure, t),
  });
  useRebase(overtaken, draftOf, form);
  return { ...form, hostChange: findHostChange(form.draft, saved), forgetKey: () => form.change({ api_key: '' }) };
}
export type CredentialDraft = ReturnType<typeof useCredentialDraft>;
