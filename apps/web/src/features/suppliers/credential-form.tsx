import { useEffect, useRef } from 'react';
import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { FailureNote } from '../../app/connection/failure-note.tsx';
import { TestSteps } from '../../app/connection/test-steps.tsx';
import { DraftForm } from '../../app/form/draft-form.tsx';
import { TextField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import type { Overtaken } from '../../app/list/use-basis.ts';
import { ApiFailure } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SupplierGlyph } from '../../ui/supplier-glyph.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import type { Draft } from './draft.ts';
import { describeTrialFailure, findFailedStep, findKind, isTrialRefusal } from './failure.ts';
import { ModelsField } from './models-field.tsx';
import { SupplierMeanwhile } from './supplier-meanwhile.tsx';
import { useCredentialDraft, type CredentialDraft } from './use-credential-draft.ts';
import { useCredentialTest, type RunningTest } from './use-credential-test.ts';
import { useSaveCredential } from './use-save-credential.ts';
import './suppliers.css';

const none: readonly string[] = [];

interface CredentialFormProps {
  kind: CatalogueSupplier;
  /** null: a new one. */
  saved: SupplierCredential | null;
  /** What somebody else saved while this was being typed; `onRefused` finds it out. */
  overtaken?: Overtaken<SupplierCredential> | null;
  onRefused?: (failure: Error) => Promise<void>;
  onDone: (row: SupplierCredential) => void;
  onCancel: () => void;
  /** Back to the choice of supplier; absent where it is settled. */
  onChangeKind?: () => void;
}

/** Adds or changes a credential: judged as one goes, tested on request, and what was typed stays when the supplier says no. */
export function CredentialForm({ kind, saved, overtaken = null, onRefused, onDone, onCancel, onChangeKind }: CredentialFormProps) {
  const t = useTexts('suppliers');
  const save = useSaveCredential(kind, saved);
  const form = useCredentialDraft({ kind, saved, overtaken, failure: save.error });
  const test = useCredentialTest(kind, saved, form);
  // Of exactly what is typed now, as a test's result is.
  const isSame = save.variables?.api_key === form.draft.api_key && save.variables.base_url === form.draft.base_url;
  const refusal = isSame && isTrialRefusal(save.error) ? save.error : null;
  const texts = { cancel: t(($) => $.form.cancel), submit: save.isPending ? t(($) => $.form.saving) : t(($) => $.form.save) };
  const send = (draft: Draft) =>
    save.mutate(draft, {
      onSuccess: (row) => {
        form.forgetKey();
        onDone(row);
      },
      onError: (failure) => void onRefused?.(failure),
    });
  return (
    <DraftForm form={form} pending={save.isPending} texts={texts} problem={<SaveProblem refusal={refusal} banner={findKind(save.error) ? null : form.banner} overtaken={overtaken} />} className="suppliers-form" onSubmit={send} onCancel={onCancel}>
      <KindLine kind={kind} onChange={onChangeKind} />
      <TextField label={t(($) => $.form.name)} value={form.draft.name} hint={t(($) => $.form.name_hint)} error={form.errorOf('name')} autoFocus autoComplete="off" maxLength={200} onValue={(name) => form.change({ name })} onBlur={() => form.leave('name')} />
      <ConnectionFields kind={kind} saved={saved} form={form} clearedBy={save.isSuccess ? 1 : 0} />
      {test ? <TestPanel test={test} replaced={refusal !== null} onRun={() => refusal && save.reset()} /> : null}
      <ModelsField kind={kind} form={form} kept={saved?.models ?? none} found={test?.result?.models ?? none} />
      {saved ? null : <EnabledLine form={form} />}
    </DraftForm>
  );
}

function KindLine({ kind, onChange }: { kind: CatalogueSupplier; onChange: (() => void) | undefined }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  return (
    <div className="suppliers-kind">
      <SupplierGlyph supplier={kind.provider} size={32} />
      <b>{kind.name[locale]}</b>
      {onChange ? <ActionButton size="small" onClick={onChange}>{t(($) => $.form.change)}</ActionButton> : null}
    </div>
  );
}

/** A failure is told once, where the newest try was made: `replaced` leaves the word to saving, `onRun` takes it back. */
function TestPanel({ test, replaced, onRun }: { test: RunningTest; replaced: boolean; onRun: () => void }) {
  const t = useTexts('suppliers');
  const run = () => {
    onRun();
    test.run();
  };
  return (
    <section className="suppliers-panel" aria-label={t(($) => $.test.title)}>
      <div className="suppliers-panel-head">
        <span><b>{t(($) => $.test.title)}</b> <small>{t(($) => $.test.not_stored)}</small></span>
        <ActionButton pending={test.running} disabled={!test.ready} onClick={run}>{test.result ? t(($) => $.test.again) : t(($) => $.test.run)}</ActionButton>
      </div>
      {replaced ? null : <TestSteps test={test.result} running={test.running} />}
      <InlineError>{replaced ? null : describeTrialFailure(test.failure, t)}</InlineError>
    </section>
  );
}

function EnabledLine({ form }: { form: CredentialDraft }) {
  const t = useTexts('suppliers');
  return (
    <label className="suppliers-check">
      <input type="checkbox" checked={form.draft.enabled} onChange={(event) => form.change({ enabled: event.target.checked })} />
      {t(($) => $.form.enabled)}
    </label>
  );
}

function SaveProblem({ refusal, banner, overtaken }: { refusal: Error | null; banner: string | null; overtaken: Overtaken<SupplierCredential> | null }) {
  const t = useTexts('suppliers');
  const kind = findKind(refusal);
  const place = useRef<HTMLDivElement>(null);
  // What to do may lie below the edge of the drawer.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [refusal]);
  if (!kind) return <><InlineError>{banner}</InlineError><SupplierMeanwhile overtaken={overtaken} /></>;
  return (
    <div ref={place} role="alert" className="suppliers-refusal">
      <p className="ui-inline-error">{t(($) => $.form.problem)}</p>
      <FailureNote kind={kind} {...findFailedStep(refusal)} requestId={refusal instanceof ApiFailure ? refusal.request_id : undefined} />
    </div>
  );
}
