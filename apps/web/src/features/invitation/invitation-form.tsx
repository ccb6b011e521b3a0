import { useState, type FormEvent } from 'react';
import type { Invitation, SecondStep } from '@lyss/api-types';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { TextField } from '../../app/form/field.tsx';
import { focusInvalid } from '../../app/form/focus-invalid.ts';
import { PasswordField } from '../../app/form/password-field.tsx';
import { PasswordLength } from '../../app/form/password-length.tsx';
import { useFieldErrors, readFormError } from '../../app/form/use-field-errors.ts';
import { languages } from '../../app/i18n/languages.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { replaceAddress } from '../../app/location.ts';
import { choosePreferences } from '../../app/preferences.ts';
import { readSecondStep } from '../../app/second-step/read-second-step.ts';
import { ApiFailure, call } from '../../api/client.ts';
import { isCookieless } from '../../api/failure.ts';
import { checkCookies, enterSession } from '../../session/start-session.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';

function useAcceptance(token: string, onSaved: (why: string) => void, onStep: (step: SecondStep) => void) {
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  async function accept(password: string, name: string) {
    setPending(true);
    setFailure(null);
    try {
      const answer = await call('auth.acceptInvitation', { params: { token }, body: { password, name: name.trim(), locale: language } });
      await checkCookies();
      replaceAddress('/');
      enterSession(answer);
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure)) throw thrown;
      const step = readSecondStep(thrown);
      if (step) onStep(step);
      else if (isCookieless(thrown)) onSaved(thrown.message);
      else setFailure(thrown);
    } finally {
      setPending(false);
    }
  }
  return { pending, failure, accept };
}

interface InvitationFormProps {
  token: string;
  invitation: Invitation;
  /** It is done, and this browser kept no sign-in: why. */
  onSaved: (why: string) => void;
  /** The password is chosen, and the second factor that they have comes next. */
  onStep: (step: SecondStep) => void;
}

/** Choosing a first password with an invitation's one-time link. */
export function InvitationForm({ token, invitation, onSaved, onStep }: InvitationFormProps) {
  const t = useTexts('invitation');
  const frame = useTexts('app');
  const language = useLanguage();
  const [name, setName] = useState(invitation.name);
  const [password, setPassword] = useState('');
  const { pending, failure, accept } = useAcceptance(token, onSaved, onStep);
  const [short, setShort] = useState(false);
  const errors = useFieldErrors(failure);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const tooShort = [...password].length < invitation.shortest_password;
    setShort(tooShort);
    if (tooShort) focusInvalid(event.currentTarget);
    else void accept(password, name);
  }

  return (
    <form className="visitor-form" noValidate onSubmit={submit}>
      <h1>{t(($) => $.welcome.title, { tenant: invitation.tenant_name })}</h1>
      <p className="visitor-line">{t(($) => $.welcome.line)}</p>
      <TextField label={t(($) => $.email)} value={invitation.email} readOnly autoComplete="username" onValue={() => undefined} />
      <TextField label={t(($) => $.name)} value={name} error={errors['name']} maxLength={80} autoComplete="name" onValue={setName} />
      <PasswordField
        label={t(($) => $.password)}
        autoComplete="new-password"
        autoFocus
        value={password}
        hint={<PasswordLength value={password} least={invitation.shortest_password} />}
        error={errors['password'] ?? (short ? t(($) => $.too_short, { count: invitation.shortest_password }) : undefined)}
        onValue={(value) => {
          setShort(false);
          setPassword(value);
        }}
      />
      <ChoiceField label={frame(($) => $.language.label)} value={language} options={languages} onValue={(chosen) => choosePreferences({ language: chosen })} />
      <InlineError>{readFormError(failure, ['name', 'password'])}</InlineError>
      <ActionButton type="submit" look="primary" size="large" pending={pending}>{t(($) => $.submit)}</ActionButton>
    </form>
  );
}
