import type { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from '../../../api/client.ts';
import { offlineFailure } from '../../../api/failure.ts';
import { createConversation } from '../api.ts';
import { holdText, NEW_CHAT, releaseText, returnText } from '../composer/draft.ts';
import { placeFirstText, placeRefusal, removeRefusal, useLiveStore } from './live-store.ts';
import { forgetKey, keyFor } from './send-keys.ts';
import { sendMessage } from './use-reply.ts';

interface FirstMessage {
  text: string;
  model: string;
  /** Called with the new conversation's id before its message goes out; not part of any page that may be left meanwhile. */
  onCreated: (conversation_id: string) => void;
}

async function create(client: QueryClient, { text, model, onCreated }: FirstMessage): Promise<void> {
  const words = ['first', text, model];
  const held = holdText(NEW_CHAT, text);
  try {
    const { id } = await createConversation(client, { model }, keyFor(words));
    forgetKey(words);
    // Gone with the person who wrote it.
    if (releaseText(NEW_CHAT, held) === null) return;
    void sendMessage(client, { conversation_id: id, text, model, parent_id: null });
    onCreated(id);
  } catch (cause) {
    const failure = cause instanceof ApiFailure ? cause : offlineFailure();
    if (failure.code !== 'OFFLINE') forgetKey(words);
    returnText(NEW_CHAT, held);
    placeRefusal(NEW_CHAT, { what: 'send', failure });
  } finally {
    placeFirstText(null);
  }
}

/**
 * Makes a conversation with its first message, whichever page is open when the server answers. Returns null, and takes
 * nothing, while another one is being made. The text is held until then; a refusal puts it back where it was typed.
 */
export function startConversation(client: QueryClient, first: FirstMessage): Promise<void> | null {
  if (useLiveStore.getState().first_text !== null) return null;
  removeRefusal(NEW_CHAT);
  placeFirstText(first.text);
  return create(client, first);
}
