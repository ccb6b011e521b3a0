import { useState, type FormEvent } from 'react';
import { isEmail } from '../../app/form/judge.ts';
import { PasswordField } from '../../app/form/password-field.tsx';
import { TextField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import type { ApiFailure } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { readRetryTime } from './sign-in.ts';

interface SignInFormProps {
  email: string;
  password: string;
  pending: boolean;
  failure: { failure: ApiFailure; at: Date } | null;
  onEmail: (email: string) => void;
  onPassword: (password: string) => void;
  onSubmit: () => void;
}

type Missing = { email?: string; password?: string };

function useProblem(failed: SignInFormProps['failure']): string | null {
  const t = useTexts('sign-in');
  const language = useLanguage();
  if (failed === null) return null;
  const reason = failed.failure.details?.['reason'];
  if (reason === 'tenant_suspended' || reason === 'user_disabled') return t(($) => $.refused[reason]);
  const retry = readRetryTime(failed.failure, failed.at);
  if (retry === null) return failed.failure.message;
  const time = retry.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  return t(($) => $.try_again_at, { message: failed.failure.message, time });
}

/** E-mail, password, one inline line for what went wrong; what was typed stays. */
export function SignInForm({ email, password, pending, failure, onEmail, onPassword, onSubmit }: SignInFormProps) {
  const t = useTexts('sign-in');
  const [missing, setMissing] = useState<Missing>({});
  const problem = useProblem(failure);

  function submit(event: FormEvent) {
    event.preventDefault();
    const found: Missing = {};
    if (!isEmail(email)) found.email = email.trim() === '' ? t(($) => $.email.missing) : t(($) => $.email.malformed);
    if (password === '') found.password = t(($) => $.password.missing);
    setMissing(found);
    if (found.email === undefined && found.password === undefined) onSubmit();
  }

  return (
    <form className="visitor-form" noValidate onSubmit={submit}>
      <h1>{t(($) => $.title)}</h1>
      <p className="visitor-line">{t(($) => $.line)}</p>
      <TextField
        label={t(($) => $.email.label)}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={email}
        error={missing.email}
        onValue={onEmail}
      />
      <PasswordField label={t(($) => $.password.label)} name="password" autoComplete="current-password" value={password} error={missing.password} onValue={onPassword} />
      <InlineError>{problem}</InlineError>
      <ActionButton type="submit" look="primary" size="large" pending={pending}>{t(($) => $.submit)}</ActionButton>
    </form>
  );
}
