import { useState, type FormEvent } from 'react';
import { TextField } from '../../app/form/field.tsx';
import { focusInvalid } from '../../app/form/focus-invalid.ts';
import { isEmail } from '../../app/form/judge.ts';
import { PasswordField } from '../../app/form/password-field.tsx';
import { MIN_PASSWORD, PasswordLength } from '../../app/form/password-length.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { Draft } from './progress.ts';

interface OwnerStepProps {
  draft: Draft;
  /** Taken up again with what was typed before; the password is not among it. */
  resumed: boolean;
  password: string;
  /** What the server said about fields of this step. */
  errors: Record<string, string>;
  onChange: (part: Partial<Draft>) => void;
  onPassword: (password: string) => void;
  onNext: () => void;
}

function useMissing(draft: Draft, password: string) {
  const t = useTexts('set-up');
  const found: Record<string, string> = {};
  if (draft.name.trim() === '') found['name'] = t(($) => $.owner.name_missing);
  if (!isEmail(draft.email)) found['email'] = t(($) => $.owner.email_malformed);
  if ([...password].length < MIN_PASSWORD) found['password'] = t(($) => $.owner.password_short, { count: MIN_PASSWORD });
  return found;
}

/** The person who will govern the first tenant and run the platform. */
export function OwnerStep({ draft, resumed, password, errors, onChange, onPassword, onNext }: OwnerStepProps) {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const [tried, setTried] = useState(false);
  const missing = useMissing(draft, password);
  const problems = { ...errors, ...(tried ? missing : {}) };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (Object.keys(missing).length === 0) onNext();
    else focusInvalid(event.currentTarget);
  }

  return (
    <form className="set-up-form" noValidate onSubmit={submit}>
      <h1>{t(($) => $.owner.title)}</h1>
      <p className="visitor-line">{t(($) => $.owner.line)}</p>
      {resumed ? <p className="visitor-note">{t(($) => $.owner.resumed)}</p> : null}
      <TextField label={t(($) => $.owner.name)} name="name" autoComplete="name" autoFocus maxLength={80} value={draft.name} error={problems['name']} onValue={(name) => onChange({ name })} />
      <TextField label={t(($) => $.owner.email)} name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} value={draft.email} error={problems['email']} onValue={(email) => onChange({ email })} />
      <PasswordField label={t(($) => $.owner.password)} name="password" autoComplete="new-password" value={password} hint={<PasswordLength value={password} least={MIN_PASSWORD} />} error={problems['password']} onValue={onPassword} />
      <div className="form-actions"><ActionButton type="submit" look="primary" size="large">{frame(($) => $.actions.next)}</ActionButton></div>
    </form>
  );
}
