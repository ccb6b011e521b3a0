import { useState, type FormEvent } from 'react';
import { TextField } from '../../app/form/field.tsx';
import { focusInvalid } from '../../app/form/focus-invalid.ts';
import { isEmail, isWorkspace } from '../../app/form/judge.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ApiFailure, call } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';

interface Typed {
  email: string;
  workspace: string;
}
interface AskFormProps {
  typed: Typed;
  onType: (part: Partial<Typed>) => void;
  onSent: () => void;
}

function useAsking(onSent: () => void) {
  const t = useTexts('forgotten-password');
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function ask({ email, workspace }: Typed) {
    setPending(true);
    setProblem(null);
    try {
      await call('passwords.askReset', { body: { email: email.trim(), ...(workspace.trim() === '' ? {} : { workspace: workspace.trim() }) } });
      onSent();
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      const { message, retry_after_s } = failure;
      const time = retry_after_s === undefined ? null : new Date(Date.now() + retry_after_s * 1000).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
      setProblem(time === null ? message : t(($) => $.ask.try_again_at, { message, time }));
    } finally {
      setPending(false);
    }
  }
  return { pending, problem, ask };
}

/** What keeps the form from being sent, by field. */
function useWrong({ email, workspace }: Typed): Partial<Typed> {
  const t = useTexts('forgotten-password');
  return {
    ...(isEmail(email) ? {} : { email: email.trim() === '' ? t(($) => $.ask.missing) : t(($) => $.ask.malformed) }),
    ...(workspace.trim() === '' || isWorkspace(workspace.trim()) ? {} : { workspace: t(($) => $.ask.workspace_malformed) }),
  };
}

/** E-mail and, for whoever knows it, the workspace. */
export function AskForm({ typed, onType, onSent }: AskFormProps) {
  const t = useTexts('forgotten-password');
  const { pending, problem, ask } = useAsking(onSent);
  const [shown, setShown] = useState<Partial<Typed>>({});
  const wrong = useWrong(typed);
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
      <TextField
        label={t(($) => $.ask.email)}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={typed.email}
        error={shown.email}
        onValue={(email) => onType({ email })}
      />
      <WorkspaceField value={typed.workspace} error={shown.workspace} onValue={(workspace) => onType({ workspace })} />
      <InlineError>{problem}</InlineError>
      <ActionButton type="submit" look="primary" size="large" pending={pending}>{t(($) => $.ask.submit)}</ActionButton>
    </form>
  );
}

function WorkspaceField({ value, error, onValue }: { value: string; error: string | undefined; onValue: (workspace: string) => void }) {
  const t = useTexts('forgotten-password');
  return (
    <TextField
      label={t(($) => $.ask.workspace)}
      name="workspace"
      className="mono"
      autoComplete="organization"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={32}
      value={value}
      hint={t(($) => $.ask.workspace_hint)}
      error={error}
      onValue={(typed) => onValue(typed.toLowerCase())}
    />
  );
}
