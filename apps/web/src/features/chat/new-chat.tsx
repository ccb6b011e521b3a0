import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Model } from '@lyss/api-types';
import { ApiFailure } from '../../api/client.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { ErrorState } from '../../ui/states/state.tsx';
import { conversationList, modelList, useCreateConversation } from './api.ts';
import { chooseModel } from './composer/choose-model.ts';
import { Composer } from './composer/composer.tsx';
import { NEW_CHAT, replaceDraft, restoreDraft } from './composer/draft.ts';
import { ModelChip } from './composer/model-chip.tsx';
import { EmptyChat, NoModel } from './empty-chat.tsx';
import { sendMessage } from './replies/use-reply.ts';

const noModels: Model[] = [];

/** Makes the conversation with its first message; a refusal puts the text back where it was typed. */
function useFirstMessage(model: Model | null) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useCreateConversation();
  const send = (text: string) => {
    if (model === null || create.isPending) return;
    create.mutate(
      { model: model.name },
      {
        onSuccess: ({ id }) => {
          void sendMessage(client, { conversation_id: id, text, model: model.name, parent_id: null });
          void navigate(paths.conversation(id));
        },
        onError: () => restoreDraft(NEW_CHAT, text),
      },
    );
  };
  return { send, creating: create.isPending, refusal: create.error instanceof ApiFailure ? { what: 'send' as const, failure: create.error } : undefined, dismiss: create.reset };
}

/** A link may bring a first message and a model along; they are taken out of the address and are not sent by themselves. */
function useBrought(): string | null {
  const { q = '', model = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [brought] = useState(model === '' ? null : model);
  useEffect(() => {
    if (q !== '') replaceDraft(NEW_CHAT, q);
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
  const { send, creating, refusal, dismiss } = useFirstMessage(model);
  useTitle(t(($) => $.list.create));
  const nobody = listed.data !== undefined && model === null;
  return (
    <>
      <div className="chat-centre">
        {listed.error !== null && listed.data === undefined ? <ModelsFailed error={listed.error} onRetry={() => void listed.refetch()} /> : null}
        {nobody ? <div><h1 className="visually-hidden">{t(($) => $.list.create)}</h1><NoModel /></div> : null}
        {listed.error === null && !nobody ? <EmptyChat demo={model?.demo ?? false} disabled={creating || model === null} onStart={send} /> : null}
      </div>
      <Composer
        draftKey={NEW_CHAT}
        tools={<ModelChip models={models} chosen={model} onChoose={({ name }) => setWish(name)} />}
        footnote={model?.demo === true ? t(($) => $.composer.footnote_demo) : t(($) => $.composer.footnote)}
        hasModel={model !== null}
        state={creating ? 'creating' : 'ready'}
        refusal={refusal}
        onDismiss={dismiss}
        onSend={send}
        onStop={dismiss}
      />
    </>
  );
}
