import { useState, type FormEvent } from 'react';
import { TextField } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';

/** The last step asks something: the chat opens with it written and not yet sent. */
export function ChatStep({ onLeave }: { onLeave: (address: string) => void }) {
  const t = useTexts('set-up');
  const [question, setQuestion] = useState<string>(t(($) => $.chat.example));
  function submit(event: FormEvent) {
    event.preventDefault();
    onLeave(`/chat?${new URLSearchParams({ q: question })}`);
  }
  return (
    <form className="set-up-form" onSubmit={submit}>
      <h1>{t(($) => $.chat.title)}</h1>
      <p className="visitor-line">{t(($) => $.chat.line)}</p>
      <TextField label={t(($) => $.chat.question)} autoFocus value={question} onValue={setQuestion} />
      <div className="form-actions">
        <ActionButton type="submit" look="primary" size="large">{t(($) => $.chat.open)}</ActionButton>
        <ActionButton look="quiet" size="large" onClick={() => onLeave('/')}>{t(($) => $.chat.later)}</ActionButton>
      </div>
    </form>
  );
}
