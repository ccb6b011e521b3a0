import { useState, type FormEvent } from 'react';
import type { Conversation } from '@lyss/api-types';
import { errorTable } from '@lyss/api-types/error';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ApiFailure } from '../../../api/client.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useUpdateConversation } from '../api.ts';
import { FloatingPanel } from '../../../ui/floating/floating-panel.tsx';
import { useFloating } from '../../../ui/floating/use-floating.ts';
import { SettingsIcon } from '../icons.tsx';
import { SYSTEM_PROMPT_LIMIT } from './limits.ts';

interface PromptFormProps {
  conversation: Conversation;
  onClose: () => void;
}

function PromptForm({ conversation, onClose }: PromptFormProps) {
  const t = useTexts('chat');
  const update = useUpdateConversation();
  const [text, setText] = useState(conversation.system_prompt ?? '');
  const too_long = text.length > SYSTEM_PROMPT_LIMIT;
  const stale = update.error instanceof ApiFailure && update.error.code === errorTable.RESOURCE_CONFLICT.code;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (too_long) return;
    const system_prompt = text.trim() === '' ? null : text;
    update.mutate({ conversation, body: { system_prompt } }, { onSuccess: onClose });
  };
  return (
    <form className="chat-prompt" onSubmit={submit}>
      <label>
        <span className="chat-prompt-label">{t(($) => $.settings.system_prompt)}</span>
        <textarea className="chat-prompt-field" dir="auto" rows={6} value={text} data-autofocus placeholder={t(($) => $.settings.placeholder)} onChange={(event) => setText(event.target.value)} />
      </label>
      <p className="chat-muted">{t(($) => $.settings.hint)}</p>
      <InlineError>{too_long ? t(($) => $.settings.too_long, { limit: SYSTEM_PROMPT_LIMIT }) : stale ? t(($) => $.settings.conflict) : update.error?.message}</InlineError>
      <div className="chat-edit-actions">
        <ActionButton size="small" onClick={onClose}>{t(($) => $.settings.cancel)}</ActionButton>
        <ActionButton size="small" look="primary" type="submit" pending={update.isPending} disabled={too_long}>{t(($) => $.settings.save)}</ActionButton>
      </div>
    </form>
  );
}

/** The open conversation's own settings: what the model is told before every turn. */
export function SystemPrompt({ conversation }: { conversation: Conversation }) {
  const t = useTexts('chat');
  const { trigger, open, close, triggerProps } = useFloating<HTMLButtonElement>();
  const set = conversation.system_prompt !== null;
  const label = set ? `${t(($) => $.settings.open)} · ${t(($) => $.settings.set)}` : t(($) => $.settings.open);
  return (
    <>
      <button ref={trigger} type="button" className={set ? 'ui-icon-button chat-settings is-set' : 'ui-icon-button chat-settings'} aria-label={label} title={label} aria-haspopup="dialog" {...triggerProps}><SettingsIcon /></button>
      {open ? (
        <FloatingPanel trigger={trigger} placement="above-start" onClose={close}>
          <PromptForm conversation={conversation} onClose={close} />
        </FloatingPanel>
      ) : null}
    </>
  );
}
