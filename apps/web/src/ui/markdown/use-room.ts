import { use } from 'react';
import type { MarkdownRoom } from './texts.ts';
import { MarkdownContext } from './texts.ts';

/** Throws outside of `<Markdown>`: blocks have no words of their own. */
export function useRoom(): MarkdownRoom {
  const room = use(MarkdownContext);
  if (!room) throw new Error('A Markdown block stands outside of <Markdown>.');
  return room;
}
