import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { Field } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';

/** Enter goes on, as everywhere in the chat; not while an input method composes. */
function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

/** The last step asks something: the chat opens with it written and not yet sent. */
export function ChatStep({ onLeave }: { onLeave: (address: string) => void }) {
  const t = useTexts('set-up');
  // Until somebody types, the example follows the language.
  const [typed, setTyped] = useState<string | null>(null);
  const question = typed ?? t(($) => $.chat.example);
  function submit(event: FormEvent) {
    event.preventDefault();
    onLeave(`/chat?${new URLSearchParams({ q: question })}`);
  }
  return (
    <form className="set-up-form" onSubmit={submit}>
      <h1>{t(($) => $.chat.title)}</h1>
      <p className="visitor-line">{t(($) => $.chat.line)}</p>
      <Field label={t(($) => $.chat.question)}>
        {(described) => <textarea {...described} className="form-input set-up-question" rows={2} autoFocus value={question} onKeyDown={submitOnEnter} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <div className="form-actions">
        <ActionButton type="submit" look="primary" size="large">{t(($) => $.chat.open)}</ActionButton>
        <ActionButton look="quiet" size="large" onClick={() => onLeave('/')}>{t(($) => $.chat.later)}</ActionButton>
      </div>
    </form>
  );
}
