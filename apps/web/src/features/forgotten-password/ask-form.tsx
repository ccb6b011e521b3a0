import { useState, type FormEvent } from 'react';
import { focusInvalid } from '../../app/form/focus-invalid.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { EmailField, useAddressProblems, WorkspaceField, type Address } from '../../app/visitor/address-fields.tsx';
import { ApiFailure, call } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';

interface AskFormProps {
  typed: Address;
  onType: (part: Partial<Address>) => void;
  onSent: () => void;
}

function useAsking(onSent: () => void) {
  const frame = useTexts('app');
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function ask({ email, workspace }: Address) {
    setPending(true);
    setProblem(null);
    try {
      await call('passwords.askReset', { body: { email: email.trim(), ...(workspace.trim() === '' ? {} : { workspace: workspace.trim() }) } });
      onSent();
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      const { message, retry_after_s } = failure;
      const time = retry_after_s === undefined ? null : new Date(Date.now() + retry_after_s * 1000).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
      setProblem(time === null ? message : frame(($) => $.visitor.try_again_at, { message, time }));
    } finally {
      setPending(false);
    }
  }
  return { pending, problem, ask };
}

/** E-mail and, for whoever knows it, the workspace. */
export function AskForm({ typed, onType, onSent }: AskFormProps) {
  const t = useTexts('forgotten-password');
  const { pending, problem, ask } = useAsking(onSent);
  const [shown, setShown] = useState<Partial<Address>>({});
  const wrong = useAddressProblems(typed);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setShown(wrong);
    if (Object.keys(wrong).length === 0) void ask(typed);
    else focusInvalid(event.currentTarget);
  }
  return (
    <form className="visitor-form" noValidate onSubmit={submit}>
      <h1>{t(($) => $.ask.title)}</h1>
      <p className="visitor-line">{t(($) => $.ask.line)}</p>
      <EmailField value={typed.email} error={shown.email} autoComplete="username" onValue={(email) => onType({ email })} />
      <WorkspaceField value={typed.workspace} hint={t(($) => $.ask.workspace_hint)} error={shown.workspace} onValue={(workspace) => onType({ workspace })} />
      <InlineError>{problem}</InlineError>
      <ActionButton type="submit" look="primary" size="large" pending={pending}>{t(($) => $.ask.submit)}</ActionButton>
    </form>
  );
}
