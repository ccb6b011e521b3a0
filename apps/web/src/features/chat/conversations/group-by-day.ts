import type { Conversation } from '@lyss/api-types';

export type ConversationGroup = 'pinned' | 'today' | 'earlier';
export type ListRow = { kind: 'heading'; group: ConversationGroup } | { kind: 'conversation'; conversation: Conversation };

/** Whether two instants (ms since 1970) fall on one calendar day in an IANA time zone. */
export function isSameDay(a: number, b: number, timeZone: string): boolean {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return day.format(a) === day.format(b);
}

/**
 * Headings and conversations in the order they are shown: pinned first, then today's, then the others, each by newest message.
 * @param now ms since 1970 @param timeZone the person's IANA zone
 */
export function groupByDay(conversations: readonly Conversation[], now: number, timeZone: string): ListRow[] {
  const groups: Record<ConversationGroup, Conversation[]> = { pinned: [], today: [], earlier: [] };
  const sorted = conversations.toSorted((a, b) => (a.last_message_at < b.last_message_at ? 1 : a.last_message_at > b.last_message_at ? -1 : 0));
  for (const conversation of sorted) {
    const today = isSameDay(Date.parse(conversation.last_message_at), now, timeZone);
    groups[conversation.pinned ? 'pinned' : today ? 'today' : 'earlier'].push(conversation);
  }
  return (Object.keys(groups) as ConversationGroup[]).flatMap((group) =>
    groups[group].length === 0
      ? []
      : [{ kind: 'heading', group } as const, ...groups[group].map((conversation) => ({ kind: 'conversation', conversation }) as const)],
  );
}
