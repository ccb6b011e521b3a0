import { useEffect, useEffectEvent, useId, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { IconButton } from '../../../ui/action-button.tsx';
import { Copyable } from '../../../ui/copyable.tsx';
import { ArrowUpIcon, CloseIcon } from '../../../ui/icons.tsx';
import { useOnline } from '../../../ui/states/use-online.ts';
import { StopIcon } from '../icons.tsx';
import type { Refusal } from '../replies/live-store.ts';
import { useDraft } from './draft.ts';
import { GrowingField } from './growing-field.tsx';
import { CHARACTER_LIMIT } from './limits.ts';
import { isSendKey } from './send-key.ts';
import { isTouch } from './touch.ts';

interface ComposerProps {
  draftKey: string;
  /** Model, settings: what stands at the left below the text. */
  tools: ReactNode;
  footnote: string;
  /** Whether there is a model to ask; `loading`: not known yet what a message would answer, and who. */
  model: 'loading' | 'none' | 'chosen';
  state: 'ready' | 'creating' | 'answering' | 'stopping';
  refusal: Refusal | undefined;
  fieldRef?: Ref<HTMLTextAreaElement>;
  onDismiss: () => void;
  /** Answers whether the text was taken; what is not stays in the box. */
  onSend: (text: string) => boolean;
  onStop: () => void;
}

type Reason = 'empty' | 'too_long' | 'loading' | 'no_model' | 'offline' | 'creating';

function findReason(text: string, { model, state }: ComposerProps, online: boolean): Reason | null {
  if (state === 'creating') return 'creating';
  if (model === 'none') return 'no_model';
  if (text.trim() === '') return 'empty';
  if (text.length > CHARACTER_LIMIT) return 'too_long';
  if (!online) return 'offline';
  return model === 'loading' ? 'loading' : null;
}

/** Why the last send was refused (its text is back in the box already), or the last stop. */
function Refused({ refusal: { what, failure }, onDismiss }: { refusal: Refusal; onDismiss: () => void }) {
  const t = useTexts('chat');
  return (
    <div className="chat-refusal" role="alert">
      <div className="chat-note-text">
        <p className="chat-note-title">{t(($) => $.composer.refused[what])}</p>
        <p>{failure.message}</p>
        {failure.request_id !== undefined ? (
          <p className="chat-note-fine">
            {t(($) => $.actions.request_id)} <Copyable text={failure.request_id} copyText={t(($) => $.actions.copy)} copiedText={t(($) => $.actions.copied)} mono />
          </p>
        ) : null}
      </div>
      <IconButton label={t(($) => $.actions.dismiss)} onClick={onDismiss}><CloseIcon size={14} /></IconButton>
    </div>
  );
}

function RoundButton({ props, reason, onSend }: { props: ComposerProps; reason: Reason | null; onSend: () => void }) {
  const t = useTexts('chat');
  if (props.state === 'answering' || props.state === 'stopping') {
    const words = props.state === 'stopping' ? t(($) => $.composer.stopping) : t(($) => $.composer.stop);
    return <button key="stop" type="button" className="chat-round is-stop" aria-label={words} title={words} aria-disabled={props.state === 'stopping' || undefined} onClick={props.onStop}><StopIcon /></button>;
  }
  const words = reason === null ? t(($) => $.composer.send) : `${t(($) => $.composer.send)} · ${t(($) => $.composer.reasons[reason])}`;
  // Not `disabled`: a disabled button takes no focus and cannot say why.
  return <button key="send" type="button" className="chat-round" aria-label={words} title={words} aria-disabled={reason !== null || undefined} onClick={onSend}><ArrowUpIcon size={17} /></button>;
}

/** What is said below the box: a quiet line, why what was sent waits, or by how much the text is too long. */
function Footnote({ id, over, text }: { id: string; over: number; text: string }) {
  const t = useTexts('chat');
  const locale = useLanguage();
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  if (over <= 0) return <p id={id} className="chat-footnote" role="status">{text}</p>;
  return <p id={id} className="chat-footnote is-error" role="alert">{t(($) => $.composer.too_long, { over: count(over), limit: count(CHARACTER_LIMIT) })}</p>;
}

/** Sends what is in the box, or says why not; what waits only for something to load goes by itself, unless it is changed. */
function useSend(props: ComposerProps, reason: Reason | null, [text, setText]: [string, (text: string) => void]) {
  const [asked, setAsked] = useState<{ text: string; goes: boolean } | null>(null);
  const ready = reason === null && props.state === 'ready';
  const send = () => {
    setAsked(ready ? null : { text, goes: reason === 'loading' });
    if (ready && props.onSend(text)) setText('');
  };
  const sendAsked = useEffectEvent(send);
  const waits = asked?.text === text;
  // What came of the loading is that it cannot go: then a later change must not send it unseen.
  if (asked?.goes === true && (!waits || (reason !== null && reason !== 'loading'))) setAsked({ ...asked, goes: false });
  const due = asked?.goes === true && waits && ready;
  useEffect(() => {
    if (due) sendAsked();
  }, [due]);
  return { send, refused: waits ? reason : null };
}

/** Where the person writes: Enter sends, Shift+Enter breaks the line, Esc stops; what was typed is kept until it was accepted. */
export function Composer(props: ComposerProps) {
  const t = useTexts('chat');
  const online = useOnline();
  const note = useId();
  const draft = useDraft(props.draftKey);
  const [text, setText] = draft;
  const reason = findReason(text, props, online);
  const over = text.length - CHARACTER_LIMIT;
  const answering = props.state === 'answering' || props.state === 'stopping';
  const { send, refused } = useSend(props, reason, draft);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!isSendKey(event.nativeEvent)) return;
    event.preventDefault();
    send();
  };
  const why = answering && text.trim() !== '' ? t(($) => $.composer.waits) : refused === null ? props.footnote : t(($) => $.composer.reasons[refused]);
  return (
    <div className="chat-composer-place">
      {props.refusal !== undefined ? <Refused refusal={props.refusal} onDismiss={props.onDismiss} /> : null}
      <div className="chat-composer">
        <GrowingField
          value={text}
          onChange={setText}
          label={t(($) => $.composer.label)}
          placeholder={isTouch() ? t(($) => $.composer.placeholder_touch) : t(($) => $.composer.placeholder)}
          autoFocus={!isTouch()}
          {...(props.fieldRef === undefined ? {} : { fieldRef: props.fieldRef })}
          invalid={over > 0} describedBy={over > 0 ? note : undefined}
          onKeyDown={onKeyDown}
        />
        <div className="chat-composer-row">
          <div className="chat-composer-tools">{props.tools}</div>
          <RoundButton props={props} reason={reason} onSend={send} />
        </div>
      </div>
      <Footnote id={note} over={over} text={why} />
    </div>
  );
}
