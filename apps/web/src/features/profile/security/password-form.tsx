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

/** What is typed, what is wrong with it (as far as it can be told by now), and sending it. */
function usePasswordDraft() {
  const t = useTexts('profile');
  const me = useMe();
  const change = useChangePassword();
  const [typed, setTyped] = useState(nothing);
  const [sent, setSent] = useState(false);
  const told = useFieldErrors(change.error);
  const issue = judgePassword(typed.fresh, typed.current, me);
  // Length is shown by its own line while one types; as a mistake only once it is sent.
  const isSaid = sent || (typed.fresh !== '' && issue !== 'too_short');
  const errors = {
    current: told['current_password'] ?? (sent && typed.current === '' ? t(($) => $.security.current_missing) : undefined),
    fresh: told['password'] ?? (issue !== null && isSaid ? t(($) => $.security.issue[issue], { count: me.shortest_password }) : undefined),
  };
  const forget = () => {
    setTyped(nothing);
    setSent(false);
  };
  return {
    ...{ typed, errors, change, email: me.email, least: me.shortest_password },
    type(part: Partial<typeof nothing>) {
      change.reset();
      setTyped({ ...typed, ...part });
    },
    /** False where something is wrong: nothing was sent. */
    send(): boolean {
      setSent(true);
      const sound = typed.current !== '' && issue === null;
      if (sound) change.mutate({ current_password: typed.current, password: typed.fresh }, { onSuccess: forget });
      return sound;
    },
  };
}

/** The password I have and the one I want. What is wrong shows as one types, once it can be told. */
export function PasswordForm() {
  const t = useTexts('profile');
  const form = useRef<HTMLFormElement>(null);
  const { typed, errors, change, email, least, type, send } = usePasswordDraft();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!send()) focusInvalid(form.current);
  };

  return (
    <form ref={form} className="form-stack" noValidate onSubmit={submit}>
      {/* For password keepers: whose password it is. */}
      <input hidden readOnly type="email" autoComplete="username" value={email} />
      <PasswordField
        label={t(($) => $.security.current)}
        autoComplete="current-password"
        value={typed.current}
        error={errors.current}
        onValue={(current) => type({ current })}
      />
      <PasswordField
        label={t(($) => $.security.fresh)}
        autoComplete="new-password"
        value={typed.fresh}
        hint={<PasswordLength value={typed.fresh} least={least} />}
        error={errors.fresh}
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
