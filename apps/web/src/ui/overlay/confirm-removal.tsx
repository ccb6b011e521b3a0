import type { FormEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import { ActionButton } from '../action-button.tsx';
import { InlineError } from '../states/banner.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmRemovalTexts {
  title: string;
  /** Says to type the name, for instance: Type “Acme” to confirm. */
  prompt: ReactNode;
  dependents: string;
  confirm: string;
  cancel: string;
}

interface ConfirmRemovalProps {
  /** What must be typed, letter by letter. */
  name: string;
  texts: ConfirmRemovalTexts;
  consequence?: ReactNode;
  /** What depends on it, by name; shown before the question. */
  dependents?: readonly string[];
  /** Further fields, such as a reason. */
  children?: ReactNode;
  pending?: boolean;
  error?: ReactNode;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks for the name typed before something is gone, and names what depends on it. A refusal stays in it as one line. */
export function ConfirmRemoval({ name, texts, consequence, dependents = [], children, pending = false, error, onConfirm, onCancel }: ConfirmRemovalProps) {
  const [typed, setTyped] = useState('');
  const field = useId();
  // Copied names bring spaces along; they are not what the question is about.
  const matches = typed.trim().normalize('NFC') === name.trim().normalize('NFC');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (matches && !pending) onConfirm();
  };
  const actions = (
    <>
      <ActionButton onClick={onCancel}>{texts.cancel}</ActionButton>
      <ActionButton look="danger" type="submit" form={`${field}-form`} disabled={!matches} pending={pending}>{texts.confirm}</ActionButton>
    </>
  );
  return (
    <Dialog title={texts.title} role="alertdialog" onClose={onCancel} actions={actions}>
      {consequence ? <p className="ui-dialog-text">{consequence}</p> : null}
      {dependents.length > 0 ? (
        <div className="ui-dependents">
          <p>{texts.dependents}</p>
          <ul>{dependents.map((dependent) => <li key={dependent}>{dependent}</li>)}</ul>
        </div>
      ) : null}
      <form id={`${field}-form`} onSubmit={submit}>
        {children}
        <label className="ui-dialog-label" htmlFor={field}>{texts.prompt}</label>
        <input id={field} className="ui-field" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} autoFocus />
      </form>
      <InlineError>{error}</InlineError>
    </Dialog>
  );
}
