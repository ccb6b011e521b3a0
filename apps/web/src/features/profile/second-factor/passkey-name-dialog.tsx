import { useId, useState, type FormEvent } from 'react';
import { TextField } from '../../../app/form/field.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useFailureWords } from './say-failure.ts';

interface PasskeyNameDialogProps {
  title: string;
  text: string;
  submit: string;
  /** What stands in the field at first. */
  name: string;
  pending: boolean;
  failure: Error | null;
  onSubmit: (name: string) => void;
  onClose: () => void;
}

const LONGEST = 60;

/** The name by which a person will know a passkey among others. */
export function PasskeyNameDialog({ title, text, submit, name, pending, failure, onSubmit, onClose }: PasskeyNameDialogProps) {
  const t = useTexts('profile');
  const say = useFailureWords();
  const form = useId();
  const [typed, setTyped] = useState(name);
  const missing = typed.trim() === '';
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!missing && !pending) onSubmit(typed.trim());
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.factors.cancel)}</ActionButton>
      <ActionButton look="primary" type="submit" form={form} pending={pending}>{submit}</ActionButton>
    </>
  );
  return (
    <Dialog title={title} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{text}</p>
      <form id={form} noValidate onSubmit={send}>
        <TextField label={t(($) => $.factors.passkeys.name)} value={typed} maxLength={LONGEST} autoComplete="off" autoFocus error={missing ? t(($) => $.factors.passkeys.name_missing) : undefined} onValue={setTyped} />
      </form>
      <InlineError>{say(failure)}</InlineError>
    </Dialog>
  );
}
