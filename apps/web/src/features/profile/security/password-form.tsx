import { useRef, useState, type FormEvent } from 'react';
import { focusInvalid } from '../../../app/form/focus-invalid.ts';
import { PasswordField } from '../../../app/form/password-field.tsx';
import { PasswordLength } from '../../../app/form/password-length.tsx';
import { readFormError, useFieldErrors } from '../../../app/form/use-field-errors.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useMe } from '../../../session/session-store.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useChangePassword } from './api.ts';
import { judgePassword } from './judge-password.ts';

const nothing = { current: '', fresh: '' };

/** The password I have and the one I want. What is wrong shows as one types, once it can be told. */
export function PasswordForm() {
  const t = useTexts('profile');
  const me = useMe();
  const form = useRef<HTMLFormElement>(null);
  const change = useChangePassword();
  const [typed, setTyped] = useState(nothing);
  const [sent, setSent] = useState(false);
  const errors = useFieldErrors(change.error);
  const issue = judgePassword(typed.fresh, typed.current, me);
  const missing = typed.current === '';
  // Length is shown by its own line while one types; as a mistake only once it is sent.
  const isTold = issue !== null && typed.fresh !== '' && (sent || issue !== 'too_short');

  function type(part: Partial<typeof nothing>) {
    change.reset();
    setTyped({ ...typed, ...part });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (missing || issue !== null) return focusInvalid(form.current);
    const forget = () => {
      setTyped(nothing);
      setSent(false);
    };
    change.mutate({ current_password: typed.current, password: typed.fresh }, { onSuccess: forget });
  }

  return (
    <form ref={form} className="form-stack" noValidate onSubmit={submit}>
      {/* For password keepers: whose password it is. */}
      <input hidden readOnly type="email" autoComplete="username" value={me.email} />
      <PasswordField
        label={t(($) => $.security.current)}
        autoComplete="current-password"
        value={typed.current}
        error={errors['current_password'] ?? (sent && missing ? t(($) => $.security.current_missing) : undefined)}
        onValue={(current) => type({ current })}
      />
      <PasswordField
        label={t(($) => $.security.fresh)}
        autoComplete="new-password"
        value={typed.fresh}
        hint={<PasswordLength value={typed.fresh} />}
        error={errors['password'] ?? (isTold || (sent && issue !== null) ? t(($) => $.security.issue[issue ?? 'too_short']) : undefined)}
        onValue={(fresh) => type({ fresh })}
      />
      <InlineError>{readFormError(change.error, ['current_password', 'password'])}</InlineError>
      <div className="form-actions">
        <ActionButton type="submit" look="primary" pending={change.isPending}>{t(($) => $.security.change)}</ActionButton>
        <span role="status" className="form-saved">{change.isSuccess ? t(($) => $.security.changed) : null}</span>
      </div>
    </form>
  );
}
