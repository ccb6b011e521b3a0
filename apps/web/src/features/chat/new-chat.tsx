import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Model } from '@lyss/api-types';
import { ApiFailure } from '../../api/client.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { ErrorState } from '../../ui/states/state.tsx';
import { conversationList, modelList } from './api.ts';
import { chooseModel } from './composer/choose-model.ts';
import { Composer } from './composer/composer.tsx';
import { moveDraft, NEW_CHAT, restoreDraft } from './composer/draft.ts';
import { ModelChip } from './composer/model-chip.tsx';
import { EmptyChat, NoModel } from './empty-chat.tsx';
import { Bubble } from './messages/bubble.tsx';
import { removeRefusal, useLiveStore } from './replies/live-store.ts';
import { startConversation } from './replies/start-conversation.ts';

const noModels: Model[] = [];

/** Makes the conversation with its first message, and goes there if nobody has left this page meanwhile. */
function useFirstMessage(model: Model | null): (text: string) => boolean {
  const client = useQueryClient();
  const navigate = useNavigate();
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const onCreated = (id: string) => {
    if (!here.current) return;
    // What was typed since is the next message of the same talk.
    moveDraft(NEW_CHAT, id);
    void navigate(paths.conversation(id));
  };
  return (text) => model !== null && startConversation(client, { text, model: model.name, onCreated }) !== null;
}

/** A link may bring a first message and a model along; they are taken out of the address and are not sent by themselves. */
function useBrought(): string | null {
  const { q = '', model = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [brought] = useState(model === '' ? null : model);
  useEffect(() => {
    if (q !== '') restoreDraft(NEW_CHAT, q);
    if (q !== '' || model !== '') void navigate({ ...paths.chat(), replace: true });
  }, [q, model, navigate]);
  return brought;
}

function ModelsFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTexts('chat');
  return (
    <ErrorState
      title={t(($) => $.models.failed)}
      message={error.message}
      requestId={error instanceof ApiFailure ? error.request_id : undefined}
      requestIdLabel={t(($) => $.actions.request_id)}
      copyText={t(($) => $.actions.copy)}
      copiedText={t(($) => $.actions.copied)}
      retryText={t(($) => $.actions.retry)}
      onRetry={onRetry}
    />
  );
}

/** What was sent, at its place already while its conversation is being made. */
function SentFirst({ text }: { text: string }) {
  return (
    <div className="chat-column chat-sent-first">
      <div className="chat-own"><Bubble text={text} /></div>
    </div>
  );
}

interface CentreProps {
  sent: string | null;
  failed: { error: Error; onRetry: () => void } | null;
  nobody: boolean;
  children: ReactNode;
}

/** What stands above the composer: what was sent, why nobody can answer, or the beginnings. */
function Centre({ sent, failed, nobody, children }: CentreProps) {
  const t = useTexts('chat');
  const beginnings = sent === null && failed === null && !nobody;
  return (
    <div className="chat-centre">
      {beginnings ? children : <h1 className="visually-hidden">{t(($) => $.list.create)}</h1>}
      {sent !== null ? <SentFirst text={sent} /> : failed !== null ? <ModelsFailed {...failed} /> : nobody ? <NoModel /> : null}
    </div>
  );
}

/** A chat that is not a conversation yet. */
export function NewChat() {
  const t = useTexts('chat');
  const listed = useQuery(modelList);
  const models = listed.data?.items ?? noModels;
  const brought = useBrought();
  const [wish, setWish] = useState(brought);
  // The list beside it has asked already: who was last talked to is asked again.
  const recent = useInfiniteQuery(conversationList({ search: '', archived: false, pinned: false }));
  const model = chooseModel(models, wish, recent.data?.pages[0]?.items[0]?.model);
  const send = useFirstMessage(model);
  const sent = useLiveStore((state) => state.first_text);
  const refusal = useLiveStore((state) => state.refusals[NEW_CHAT]);
  const dismiss = () => removeRefusal(NEW_CHAT);
  useTitle(t(($) => $.list.create));
  const failed = listed.error !== null && listed.data === undefined ? { error: listed.error, onRetry: () => void listed.refetch() } : null;
  const loading = listed.isPending || recent.isPending;
  return (
    <>
      <Centre sent={sent} failed={failed} nobody={listed.data !== undefined && model === null}>
        <EmptyChat demo={model?.demo ?? false} disabled={loading} onStart={send} />
      </Centre>
      <Composer
        draftKey={NEW_CHAT}
        tools={<ModelChip models={models} loading={listed.isPending} chosen={model} onChoose={({ name }) => setWish(name)} />}
        footnote={model?.demo === true ? t(($) => $.composer.footnote_demo) : t(($) => $.composer.footnote)}
        model={loading ? 'loading' : model === null ? 'none' : 'chosen'}
        state={sent === null ? 'ready' : 'creating'}
        refusal={refusal}
        onDismiss={dismiss}
        onSend={send}
        onStop={dismiss}
      />
    </>
  );
}
