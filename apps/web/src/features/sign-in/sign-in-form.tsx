import { useEffect, useRef, useState, type FormEvent, type RefObject } from 'react';
import { errorTable } from '@lyss/api-types/error';
import { focusInvalid } from '../../app/form/focus-invalid.ts';
import { PasswordField } from '../../app/form/password-field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { EmailField, useAddressProblems, WorkspaceField } from '../../app/visitor/address-fields.tsx';
import type { ApiFailure } from '../../api/client.ts';
import { useSession } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { readRetryTime, type Typed } from './sign-in.ts';
import { usePasskeySignIn } from './use-passkey-sign-in.ts';
import './sign-in.css';

interface SignInFormProps {
  typed: Typed;
  /** The server looked at too few workspaces to be sure: naming one may help. */
  asksWorkspace: boolean;
  /** The second step of the last try ended before it was done. */
  isOver: boolean;
  /** The platform takes passkeys, and this browser has them. */
  hasPasskeys: boolean;
  pending: boolean;
  failure: { failure: ApiFailure; at: Date } | null;
  onType: (part: Partial<Typed>) => void;
  onSubmit: () => void;
}

type Missing = Partial<Record<keyof Typed, string>>;

function useProblem(failed: SignInFormProps['failure']): string | null {
  const t = useTexts('sign-in');
  const frame = useTexts('app');
  const language = useLanguage();
  if (failed === null) return null;
  const reason = failed.failure.details?.['reason'];
  if (reason === 'tenant_suspended' || reason === 'user_disabled') return t(($) => $.refused[reason]);
  const retry = readRetryTime(failed.failure, failed.at);
  if (retry === null) return failed.failure.message;
  const time = retry.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  return frame(($) => $.visitor.try_again_at, { message: failed.failure.message, time });
}

/** A password that was wrong is what is typed next: it has the focus, and typing replaces it. */
function usePasswordAgain(form: RefObject<HTMLFormElement | null>, failed: SignInFormProps['failure']): void {
  useEffect(() => {
    if (failed?.failure.code !== errorTable.PASSWORD_INCORRECT.code) return;
    const field = form.current?.querySelector<HTMLInputElement>('input[name=password]');
    field?.focus();
    field?.select();
  }, [form, failed]);
}

/** What keeps the form from being sent, by field. */
function useMissing(typed: Typed): Missing {
  const t = useTexts('sign-in');
  return { ...useAddressProblems(typed), ...(typed.password === '' ? { password: t(($) => $.password.missing) } : {}) };
}

/** E-mail, password, the workspace where it is asked for, one inline line for what went wrong; what was typed stays. */
export function SignInForm({ typed, asksWorkspace, isOver, hasPasskeys, pending, failure, onType, onSubmit }: SignInFormProps) {
  const t = useTexts('sign-in');
  const passkey = usePasskeySignIn(hasPasskeys);
  const [shown, setShown] = useState<Missing>({});
  const problem = useProblem(failure);
  const form = useRef<HTMLFormElement>(null);
  usePasswordAgain(form, failure);
  const missing = useMissing(typed);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setShown(missing);
    if (Object.keys(missing).length === 0) onSubmit();
    else focusInvalid(event.currentTarget);
  }

  return (
    <form ref={form} className="visitor-form" noValidate onSubmit={submit}>
      <h1>{t(($) => $.title)}</h1>
      <News isOver={isOver} />
      <EmailField value={typed.email} error={shown.email} autoComplete={hasPasskeys ? 'username webauthn' : 'username'} onValue={(email) => onType({ email })} />
      <PasswordField label={t(($) => $.password.label)} name="password" autoComplete="current-password" value={typed.password} error={shown.password} onValue={(password) => onType({ password })} />
      {asksWorkspace ? <WorkspaceField value={typed.workspace} hint={t(($) => $.workspace.hint)} error={shown.workspace} onValue={(workspace) => onType({ workspace })} /> : null}
      <InlineError>{problem}</InlineError>
      <ActionButton type="submit" look="primary" size="large" pending={pending} disabled={passkey.pending}>{t(($) => $.submit)}</ActionButton>
      {hasPasskeys ? <PasskeyButton pending={passkey.pending} failure={passkey.failure} onAsk={passkey.ask} /> : null}
    </form>
  );
}

/** What this is for, or why somebody is here again. */
function News({ isOver }: { isOver: boolean }) {
  const t = useTexts('sign-in');
  const frame = useTexts('app');
  const { ended, end_reason } = useSession();
  if (isOver) return <p role="status" className="visitor-line is-news">{frame(($) => $.second_step.over)}</p>;
  if (ended) return <p role="status" className="visitor-line is-news">{end_reason ? t(($) => $.ended_by[end_reason]) : t(($) => $.ended)}</p>;
  return <p className="visitor-line">{t(($) => $.line)}</p>;
}
