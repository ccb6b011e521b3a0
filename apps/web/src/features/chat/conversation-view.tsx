import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Message, Model } from '@lyss/api-types';
import { errorTable } from '@lyss/api-types/error';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { ApiFailure } from '../../api/client.ts';
import { EmptyState, ErrorState } from '../../ui/states/state.tsx';
import { Waiting } from '../../ui/states/skeleton.tsx';
import { conversation as conversationQuery, messageTree, modelList } from './api.ts';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import { chooseModel, findReplaced } from './composer/choose-model.ts';
import { Composer } from './composer/composer.tsx';
import { ModelChip } from './composer/model-chip.tsx';
import { SystemPrompt } from './composer/system-prompt.tsx';
import { isTouch } from './composer/touch.ts';
import { NoModel } from './empty-chat.tsx';
import { useMarkdownTexts } from './markdown-texts.ts';
import { Announcer } from './messages/announcer.tsx';
import { ConversationContext, type ConversationRoom } from './messages/conversation-room.ts';
import { MessageList } from './messages/message-list.tsx';
import { ROOT, parentKey } from './messages/message-path.ts';
import { useOlder } from './messages/use-older.ts';
import { removeRefusal, useLiveStore, type LiveTurn } from './replies/live-store.ts';
import { regenerate, sendMessage, stopReply, useFollowing } from './replies/use-reply.ts';
import { findLastId } from './rows.ts';
import { useRows } from './use-rows.ts';

function useEscape(active: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (!active) return undefined;
    const listener = (event: KeyboardEvent) => {
      // Esc belongs to whatever is open above the page first.
      const above = event.target instanceof Element && event.target.closest('dialog, [role=menu], [role=dialog], [role=listbox]') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && !above) onEscape();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [active, onEscape]);
}

function Missing({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTexts('chat');
  const failure = error instanceof ApiFailure ? error : null;
  if (failure?.code === errorTable.RESOURCE_NOT_FOUND.code || failure?.code === errorTable.INVALID_INPUT.code) {
    const away = <Link className="ui-button is-plain is-middle" {...paths.chat()}>{t(($) => $.list.create)}</Link>;
    return <EmptyState title={t(($) => $.messages.missing)} why={t(($) => $.messages.missing_why)} action={away} />;
  }
  return (
    <ErrorState
      title={t(($) => $.messages.failed)}
      message={error.message}
      requestId={failure?.request_id}
      requestIdLabel={t(($) => $.actions.request_id)}
      copyText={t(($) => $.actions.copy)}
      copiedText={t(($) => $.actions.copied)}
      retryText={t(($) => $.actions.retry)}
      onRetry={onRetry}
    />
  );
}

function stateOf(turn: LiveTurn | undefined): 'ready' | 'answering' | 'stopping' {
  if (turn === undefined) return 'ready';
  return turn.stopping ? 'stopping' : 'answering';
}

/** What the open conversation's messages can do, as one object that changes only when one of its parts did. */
function useRoom(model: Model | null, models: readonly Model[], free: boolean, shown: ReturnType<typeof useRows>, field: RefObject<HTMLTextAreaElement | null>): ConversationRoom {
  const t = useTexts('chat');
  const client = useQueryClient();
  const markdown = useMarkdownTexts();
  const name = model?.name ?? null;
  const [latest] = useState(() => ({ shown }));
  latest.shown = shown;
  return useMemo(() => {
    // The button that was pressed is gone while the answer is made; the focus must not be lost with it.
    const focus = () => !isTouch() && field.current?.focus();
    const send = (message: Message, text: string, parent_id: string | null) => {
      if (name === null || sendMessage(client, { conversation_id: message.conversation_id, text, model: name, parent_id }) === null) return false;
      latest.shown.showNewest(parent_id ?? ROOT);
      focus();
      return true;
    };
    return {
      markdown,
      can_send: free && name !== null,
      nameOf: ({ model: asked }) => models.find((known) => known.name === asked)?.display_name ?? asked,
      isDemo: (message) => message.supplier === 'demo' || models.some((known) => known.name === message.model && known.demo),
      onChoose: (message, sibling_id) => latest.shown.choose(message, sibling_id),
      onRegenerate: (message) => {
        if (name === null || regenerate(client, message, name) === null) return;
        latest.shown.showNewest(parentKey(message));
        focus();
      },
      onContinue: (message) => send(message, t(($) => $.actions.continue_text), message.id),
      onEdit: (message, text) => send(message, text, message.parent_id),
    };
  }, [client, field, free, latest, markdown, models, name, t]);
}

const noModels: Model[] = [];

/** Everything the open conversation shows, and what can be done in it. */
function useConversation(id: string) {
  const client = useQueryClient();
  const conversation = useQuery(conversationQuery(id));
  const tree = useQuery(messageTree(id));
  const listed = useQuery(modelList);
  const models = listed.data?.items ?? noModels;
  const [wish, setWish] = useState<string | null>(null);
  const turn = useFollowing(id, tree.data?.messages, { running_reply_id: conversation.data?.running_reply_id ?? null, asked_at: conversation.dataUpdatedAt });
  const settling = useLiveStore((state) => state.settling);
  const turns = useMemo(() => [...settling.filter((ended) => ended.conversation_id === id), ...(turn === undefined ? [] : [turn])], [settling, turn, id]);
  const shown = useRows(tree.data, turns);
  const older = useOlder(id, tree.data, shown.path);
  const model = chooseModel(models, wish, conversation.data?.model);
  const gone = findReplaced(models, model, wish ?? conversation.data?.model ?? null);
  const send = (text: string) => {
    const parent_id = findLastId(shown.rows);
    if (model === null || sendMessage(client, { conversation_id: id, text, model: model.name, parent_id }) === null) return false;
    shown.showNewest(parent_id ?? ROOT);
    return true;
  };
  // Before the messages are there nobody knows what a new one answers, and before the conversation is, who is asked.
  const loading = tree.data === undefined || conversation.data === undefined || listed.isPending;
  const error = tree.data === undefined || conversation.data === undefined ? (conversation.error ?? tree.error) : null;
  const refetch = () => void Promise.all([conversation.refetch(), tree.refetch()]);
  return { conversation: conversation.data, waiting: tree.isPending && turn === undefined, error, refetch, models, listing: listed.isPending, loading, nobody: listed.data !== undefined && model === null, model, gone, setWish, turn, newest: turns.at(-1), shown, older, send };
}

/** One conversation: its messages, the reply that runs, and the composer. Give it the conversation's id as key. */
export function ConversationView({ id }: { id: string }) {
  const t = useTexts('chat');
  const { conversation, waiting, error, refetch, models, listing, loading, nobody, model, gone, setWish, turn, newest, shown, older, send } = useConversation(id);
  const refusal = useLiveStore((state) => state.refusals[id]);
  const field = useRef<HTMLTextAreaElement>(null);
  const state = stateOf(turn);
  const room = useRoom(model, models, turn === undefined, shown, field);
  useTitle(conversation?.title ?? t(($) => $.title));
  const stop = useCallback(() => {
    void stopReply(id);
    // The button that was pressed goes away.
    if (!isTouch()) field.current?.focus();
  }, [id]);
  useEscape(state === 'answering', stop);
  if (error !== null) {
    return (
      <div className="chat-centre">
        <h1 className="visually-hidden">{t(($) => $.title)}</h1>
        <Missing error={error} onRetry={refetch} />
      </div>
    );
  }
  const tools = (
    <>
      <ModelChip models={models} loading={listing} chosen={model} onChoose={({ name }) => setWish(name)} />
      {conversation !== undefined ? <SystemPrompt conversation={conversation} /> : null}
    </>
  );
  const replaced = gone === null || model === null ? null : t(($) => $.composer.replaced, { gone, model: model.display_name });
  const footnote = replaced ?? (model?.demo === true ? t(($) => $.composer.footnote_demo) : t(($) => $.composer.footnote));
  return (
    <ConversationContext value={room}>
      <h1 className="visually-hidden">{conversation?.title ?? t(($) => $.list.untitled)}</h1>
      <Waiting waiting={waiting} label={t(($) => $.messages.loading)} skeleton={<ConversationSkeleton />}>
        <MessageList rows={shown.rows} older={older} />
      </Waiting>
      <Announcer turn={newest} />
      {nobody ? <NoModel /> : null}
      <Composer draftKey={id} fieldRef={field} tools={tools} footnote={footnote} model={loading ? 'loading' : model === null ? 'none' : 'chosen'} state={state} refusal={refusal} onDismiss={() => removeRefusal(id)} onSend={send} onStop={stop} />
    </ConversationContext>
  );
}
