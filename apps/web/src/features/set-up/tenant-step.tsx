import { useState, type FormEvent } from 'react';
import { TextField } from '../../app/form/field.tsx';
import { focusInvalid } from '../../app/form/focus-invalid.ts';
import { isWorkspace } from '../../app/form/judge.ts';
import { suggestWorkspace } from '../../app/form/suggest-workspace.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import type { Draft } from './progress.ts';

interface TenantStepProps {
  draft: Draft;
  errors: Record<string, string>;
  problem: string | null;
  pending: boolean;
  onChange: (part: Partial<Draft>) => void;
  onBack: () => void;
  onNext: () => void;
}

/** The first tenant: its name, and the short one for addresses, suggested until somebody types it. */
export function TenantStep({ draft, errors, problem, pending, onChange, onBack, onNext }: TenantStepProps) {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const [tried, setTried] = useState(false);
  const missing: Record<string, string> = {};
  if (draft.tenant_name.trim() === '') missing['tenant_name'] = t(($) => $.tenant.name_missing);
  if (!isWorkspace(draft.workspace)) missing['workspace'] = t(($) => $.tenant.workspace_malformed);
  const problems = { ...errors, ...(tried ? missing : {}) };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (Object.keys(missing).length === 0) onNext();
    else focusInvalid(event.currentTarget);
  }
  function rename(tenant_name: string) {
    const follows = draft.workspace === suggestWorkspace(draft.tenant_name);
    onChange({ tenant_name, ...(follows ? { workspace: suggestWorkspace(tenant_name) } : {}) });
  }

  return (
    <form className="set-up-form" noValidate onSubmit={submit}>
      <h1>{t(($) => $.tenant.title)}</h1>
      <p className="visitor-line">{t(($) => $.tenant.line)}</p>
      <TextField label={t(($) => $.tenant.name)} name="organization" autoComplete="organization" autoFocus maxLength={80} value={draft.tenant_name} error={problems['tenant_name']} onValue={rename} />
      <TextField
        label={t(($) => $.tenant.workspace)}
        name="workspace"
        className="mono"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={32}
        value={draft.workspace}
        hint={t(($) => $.tenant.workspace_hint)}
        error={problems['workspace']}
        onValue={(workspace) => onChange({ workspace: workspace.toLowerCase() })}
      />
      <InlineError>{problem}</InlineError>
      <div className="form-actions">
        <ActionButton type="submit" look="primary" size="large" pending={pending}>{t(($) => $.tenant.submit)}</ActionButton>
        <ActionButton look="quiet" size="large" disabled={pending} onClick={onBack}>{frame(($) => $.actions.back)}</ActionButton>
      </div>
    </form>
  );
}
