import { useState, type FormEvent } from 'react';
import type { Invitation } from '@lyss/api-types';
import { TextField } from '../../app/form/field.tsx';
import { focusInvalid } from '../../app/form/focus-invalid.ts';
import { PasswordField } from '../../app/form/password-field.tsx';
import { PasswordLength } from '../../app/form/password-length.tsx';
import { readFormError, useFieldErrors } from '../../app/form/use-field-errors.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ApiFailure, call } from '../../api/client.ts';
import { endSession } from '../../api/refresh.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';

function useReset(token: string, onDone: () => void) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  async function reset(password: string) {
    setPending(true);
    setFailure(null);
    try {
      await call('passwords.reset', { params: { token }, body: { password } });
      // Whoever was signed in here is no longer: the session ended with the old password.
      endSession({ by_person: true });
      onDone();
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure)) throw thrown;
      setFailure(thrown);
    } finally {
      setPending(false);
    }
  }
  return { pending, failure, reset };
}

export function ChooseForm({ token, whose, onDone }: { token: string; whose: Invitation; onDone: () => void }) {
  const t = useTexts('forgotten-password');
  const [password, setPassword] = useState('');
  const [short, setShort] = useState(false);
  const { pending, failure, reset } = useReset(token, onDone);
  const errors = useFieldErrors(failure);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const tooShort = [...password].length < whose.shortest_password;
    setShort(tooShort);
    if (tooShort) focusInvalid(event.currentTarget);
    else void reset(password);
  }

  return (
    <form className="visitor-form" noValidate onSubmit={submit}>
      <h1>{t(($) => $.choose.title)}</h1>
      <p className="visitor-line">{t(($) => $.choose.line)}</p>
      <TextField label={t(($) => $.choose.email)} value={whose.email} hint={whose.tenant_name} readOnly autoComplete="username" onValue={() => undefined} />
      <PasswordField
        label={t(($) => $.choose.password)}
        autoComplete="new-password"
        autoFocus
        value={password}
        hint={<PasswordLength value={password} least={whose.shortest_password} />}
        error={errors['password'] ?? (short ? t(($) => $.choose.too_short, { count: whose.shortest_password }) : undefined)}
        onValue={(value) => {
          setShort(false);
          setPassword(value);
        }}
      />
      <InlineError>{readFormError(failure, ['password'])}</InlineError>
      <ActionButton type="submit" look="primary" size="large" pending={pending}>{t(($) => $.choose.submit)}</ActionButton>
    </form>
  );
}
