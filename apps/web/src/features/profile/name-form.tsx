import { useState, type FormEvent } from 'react';
import { isStale } from '../../api/failure.ts';
import { TextField } from '../../app/form/field.tsx';
import { useFieldErrors, readFormError } from '../../app/form/use-field-errors.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useUpdateMe } from './api.ts';

/** Who I am: the name can be changed here, the rest is said. */
export function NameForm() {
  const t = useTexts('profile');
  const frame = useTexts('app');
  const me = useMe();
  const update = useUpdateMe();
  const [name, setName] = useState(me.name);
  const failure = update.error;
  const errors = useFieldErrors(failure);
  const missing = name.trim() === '' ? t(($) => $.name_missing) : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (missing === undefined) update.mutate({ name: name.trim() });
  }

  return (
    <form className="form-stack" onSubmit={submit}>
      <TextField label={t(($) => $.email)} value={me.email} readOnly hint={t(($) => $.email_hint)} onValue={() => undefined} />
      <TextField label={t(($) => $.roles)} value={[...me.roles.map((role) => t(($) => $.role_names[role])), ...me.custom_roles.map((role) => role.name)].join(' · ')} readOnly onValue={() => undefined} />
      <TextField
        label={t(($) => $.name)}
        value={name}
        maxLength={80}
        autoComplete="name"
        error={missing ?? errors['name']}
        onValue={(value) => {
          update.reset();
          setName(value);
        }}
      />
      <InlineError>{isStale(failure) ? t(($) => $.stale) : readFormError(failure, ['name'])}</InlineError>
      <div className="form-actions">
        <ActionButton type="submit" look="primary" pending={update.isPending} disabled={name.trim() === me.name}>{frame(($) => $.actions.save)}</ActionButton>
        <span role="status" className="form-saved">{update.isSuccess ? t(($) => $.saved) : null}</span>
      </div>
    </form>
  );
}
