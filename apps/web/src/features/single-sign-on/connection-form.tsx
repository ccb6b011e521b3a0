import { useState, type FormEvent } from 'react';
import type { DataOf, SsoConnection } from '@lyss/api-types';
import { Section } from '../../app/form/section.tsx';
import { readFormError, useFieldErrors } from '../../app/form/use-field-errors.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { leaveFor } from '../../app/provider-journey.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useSave, useStartTest } from './api.ts';
import { readDraft, startDraft, type Draft } from './draft.ts';
import { ProviderFields } from './provider-fields.tsx';
import { RoleFields } from './role-fields.tsx';

/** Switches that count only for what is saved. */
function AccessFields({ draft, saved, change, edited }: { draft: Draft; saved: SsoConnection | null; change: (part: Partial<Draft>) => void; edited: boolean }) {
  const t = useTexts('single-sign-on');
  const test = useStartTest();
  const begin = () => test.mutate(undefined, { onSuccess: ({ url }) => leaveFor(url, { purpose: 'test', next: '/single-sign-on' }) });
  return (
    <div className="form-stack">
      <label className="sso-switch"><input type="checkbox" checked={draft.enabled} onChange={(event) => change({ enabled: event.target.checked })} /> {t(($) => $.access.enabled)}</label>
      <div className="sso-test">
        <ActionButton pending={test.isPending} disabled={saved === null || edited} onClick={begin}>{t(($) => $.access.test)}</ActionButton>
        {saved?.test?.by_me ? <p className="form-line">{t(($) => $.access.tested)}</p> : null}
        {saved ? <p className="form-line">{t(($) => $.access.people, { count: saved.people_count })}</p> : null}
      </div>
      <InlineError>{test.error?.message}</InlineError>
      <div>
        <label className="sso-switch"><input type="checkbox" disabled={saved === null} checked={draft.sso_only} onChange={(event) => change({ sso_only: event.target.checked })} /> {t(($) => $.access.only)}</label>
        <p className="form-line sso-below">{t(($) => $.access.only_hint)}</p>
      </div>
    </div>
  );
}

/** The connection, new or saved; what was typed stays where the server refuses. */
export function ConnectionForm({ connection: saved, redirect_uri }: DataOf<'sso.read'>) {
  const t = useTexts('single-sign-on');
  const frame = useTexts('app');
  const [changed, setChanged] = useState<Partial<Draft>>({});
  const save = useSave();
  const draft = { ...startDraft(saved), ...changed };
  const errors = useFieldErrors(save.error);
  const change = (part: Partial<Draft>) => {
    save.reset();
    setChanged((before) => ({ ...before, ...part }));
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    const { client_secret, ...body } = readDraft(draft);
    const secret = client_secret === '' ? {} : { client_secret };
    const input = saved ? { update: { ...body, ...secret, sso_only: draft.sso_only }, version: saved.version } : { create: { ...body, client_secret } };
    save.mutate(input, { onSuccess: () => setChanged({}) });
  }
  return (
    <form noValidate onSubmit={submit}>
      <ProviderFields {...{ draft, saved, redirect_uri, errors, change }} />
      <Section title={t(($) => $.roles.title)} line={t(($) => $.roles.line)}><RoleFields {...{ draft, errors, change }} /></Section>
      <Section title={t(($) => $.access.title)} line={t(($) => $.access.line)}><AccessFields {...{ draft, saved, change }} edited={Object.keys(changed).length > 0} /></Section>
      <InlineError>{readFormError(save.error, ['issuer', 'client_id', 'client_secret', 'scopes', 'role_claim', 'default_role', 'domains'])}</InlineError>
      <div className="form-actions">
        <ActionButton type="submit" look="primary" pending={save.isPending} disabled={Object.keys(changed).length === 0}>{frame(($) => $.actions.save)}</ActionButton>
        <span role="status" className="form-saved">{save.isSuccess ? t(($) => $.saved) : null}</span>
      </div>
    </form>
  );
}
