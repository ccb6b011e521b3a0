import { createContext, use } from 'react';
import type { Message } from '@lyss/api-types';
import type { MarkdownTexts } from '../../../ui/markdown/texts.ts';

/** What every message of the open conversation needs; one object, so that a row is drawn again only when it changed. */
export interface ConversationRoom {
  markdown: MarkdownTexts;
  /** False while a reply runs or no model is there to ask. */
  can_send: boolean;
  /** What the model is called that answered; its name where it is no longer offered. */
  nameOf: (message: Message) => string | null;
  isDemo: (message: Message) => boolean;
  onChoose: (message: Message, sibling_id: string) => void;
  onRegenerate: (message: Message) => void;
  onContinue: (message: Message) => void;
  /** Answers whether it was taken; what is not stays where it was written. */
  onEdit: (message: Message, text: string) => boolean;
}

export const ConversationContext = createContext<ConversationRoom | null>(null);

export function useConversationRoom(): ConversationRoom {
  const room = use(ConversationContext);
  if (room === null) throw new Error('a message stands in a conversation');
  return room;
}
