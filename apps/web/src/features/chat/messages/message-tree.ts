import type { Message, Pagination } from '@lyss/api-types';

/** What is known of a conversation's messages: in order of time, and where the next older page begins. */
export interface MessageTree {
  messages: Message[];
  older_cursor: string | null;
}

interface MessagePage {
  items: readonly Message[];
  pagination: Pick<Pagination, 'next_cursor' | 'has_next'>;
}

/** Order of time; ids are UUIDv7, so they settle messages of one millisecond. */
export function compareMessages(a: Message, b: Message): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function cursorOf(page: MessagePage): string | null {
  return page.pagination.has_next ? page.pagination.next_cursor : null;
}

function union(known: readonly Message[], fresh: readonly Message[]): Message[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of fresh) byId.set(message.id, message);
  return [...byId.values()].toSorted(compareMessages);
}

/** The newest page over what is known: older messages stay, unless a gap would lie between (then only the page is kept). */
export function replaceNewest(known: MessageTree | undefined, page: MessagePage): MessageTree {
  const fresh: MessageTree = { messages: [...page.items].toSorted(compareMessages), older_cursor: cursorOf(page) };
  if (known === undefined || !page.pagination.has_next) return fresh;
  const ids = new Set(page.items.map((message) => message.id));
  if (!known.messages.some((message) => ids.has(message.id))) return fresh;
  const reachesBack = known.messages[0] !== undefined && fresh.messages[0] !== undefined && compareMessages(known.messages[0], fresh.messages[0]) < 0;
  return { messages: union(known.messages, page.items), older_cursor: reachesBack ? known.older_cursor : fresh.older_cursor };
}

/** An older page put in front of what is known. */
export function appendOlder(known: MessageTree, page: MessagePage): MessageTree {
  return { messages: union(page.items as Message[], known.messages), older_cursor: cursorOf(page) };
}
