import { useRef, type FormEvent, type MouseEvent, type ReactNode } from 'react';
import { ActionButton } from '../../ui/action-button.tsx';
import './form.css';

// Leaving a field may write a line below it and move a button from under the pointer that presses it.
const stayInField = (event: MouseEvent) => event.preventDefault();

interface DraftFormProps<Draft> {
  form: { draft: Draft; sound: boolean; send: () => void };
  pending: boolean;
  texts: { cancel: string; submit: string };
  /** What belongs to no field, above the buttons. */
  problem: ReactNode;
  className?: string;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
  children: ReactNode;
}

/** A form in a drawer: sends a draft that is sound, else goes to its first field that is not. */
export function DraftForm<Draft>({ form, pending, texts, problem, className = '', onSubmit, onCancel, children }: DraftFormProps<Draft>) {
  const element = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.send();
    if (form.sound) onSubmit(form.draft);
    // The fields are marked in the next frame.
    else requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  };
  return (
    <form ref={element} className={`form-sheet ${className}`.trim()} noValidate onSubmit={submit}>
      {children}
      {problem}
      <div className="form-end">
        <ActionButton size="large" onMouseDown={stayInField} onClick={onCancel}>{texts.cancel}</ActionButton>
        <ActionButton look="primary" size="large" type="submit" pending={pending} onMouseDown={stayInField}>{texts.submit}</ActionButton>
      </div>
    </form>
  );
}
