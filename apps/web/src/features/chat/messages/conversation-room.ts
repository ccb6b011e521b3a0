import { createContext, use } from 'react';
import type { Message } from '@lyss/api-types';
import type { MarkdownTexts } from '../../../ui/markdown/texts.ts';

/** What every message of the open conversation needs; one object, so that a row is drawn again only when it changed. */
export interface ConversationRoom {
  markdown: MarkdownTexts;
  /** False while a reply runs or no model is there to ask. */
  can_send: boolean;
  isDemo: (message: Message) => boolean;
  onChoose: (message: Message, sibling_id: string) => void;
  onRegenerate: (message: Message) => void;
  onContinue: (message: Message) => void;
  onEdit: (message: Message, text: string) => void;
}

export const ConversationContext = createContext<ConversationRoom | null>(null);

export function useConversationRoom(): ConversationRoom {
  const room = use(ConversationContext);
  if (room === null) throw new Error('a message stands in a conversation');
  return room;
}
