import type { ApiKey } from '@lyss/api-types';
import { DraftForm } from '../../app/form/draft-form.tsx';
import { Field, TextField } from '../../app/form/field.tsx';
import { useDraft } from '../../app/form/use-draft.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { InlineError } from '../../ui/states/banner.tsx';
import { draftFields, draftOf, judgeDraft, startDraft, type Draft, type DraftField, type DraftIssue } from './draft.ts';
import { ExpiryField } from './expiry-field.tsx';
import { ModelsField } from './models-field.tsx';
import { placeFailure } from './place-failure.ts';
import { ScopesField } from './scopes-field.tsx';
import './api-keys.css';

interface KeyFormProps {
  /** null: a new key. */
  row: ApiKey | null;
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
}

const NETWORK_LINES = 3;

function useKeyDraft(row: ApiKey | null, failure: Error | null) {
  const t = useTexts('api-keys');
  const [canCall, canChat] = [useCan('gateway.use'), useCan('chat.use')];
  return useDraft<Draft, DraftField, DraftIssue>({
    start: () => (row ? draftOf(row) : startDraft([...(canCall ? (['gateway.use'] as const) : []), ...(canChat ? (['chat.use'] as const) : [])])),
    fields: draftFields,
    judge: judgeDraft,
    say: (issue) => (issue.code === 'network_invalid' ? t(($) => $.issue.network_invalid, { line: issue.line }) : t(($) => $.issue[issue.code])),
    placed: placeFailure(failure, t),
  });
}

/** Makes or changes a key: judged as one goes, and what was typed stays when the server says no. */
export function KeyForm({ row, pending, failure, onSubmit, onCancel }: KeyFormProps) {
  const t = useTexts('api-keys');
  const form = useKeyDraft(row, failure);
  const { draft, errorOf, change, leave } = form;
  const texts = { cancel: t(($) => $.form.cancel), submit: row ? t(($) => $.form.save) : t(($) => $.form.submit) };
  return (
    <DraftForm form={form} pending={pending} texts={texts} problem={<InlineError>{form.banner}</InlineError>} onSubmit={onSubmit} onCancel={onCancel}>
      <TextField label={t(($) => $.form.name)} value={draft.name} hint={t(($) => $.form.name_hint)} error={errorOf('name')} autoComplete="off" autoFocus maxLength={200} onValue={(name) => change({ name })} onBlur={() => leave('name')} />
      <ScopesField value={draft.scopes} error={errorOf('scopes')} onValue={(scopes) => change({ scopes })} />
      <ModelsField value={draft.models} error={errorOf('models')} onValue={(models) => change({ models })} />
      <ExpiryField value={draft.expires_at} kept={row ? row.expires_at : undefined} error={errorOf('expires_at')} onValue={(expires_at) => change({ expires_at })} onBlur={() => leave('expires_at')} />
      <Field label={t(($) => $.form.networks)} hint={t(($) => $.form.networks_hint)} error={errorOf('allowed_networks')}>
        {(described) => <textarea {...described} className="form-input api-keys-networks" rows={NETWORK_LINES} value={draft.allowed_networks} placeholder={t(($) => $.form.networks_example)} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={5000} onChange={(event) => change({ allowed_networks: event.target.value })} onBlur={() => leave('allowed_networks')} />}
      </Field>
    </DraftForm>
  );
}
