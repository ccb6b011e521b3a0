import { describe, expect, test } from 'vitest';
import { sampleConversation } from '../test/samples.ts';
import { groupByDay, isSameDay } from './group-by-day.ts';

const at = (last_message_at: string) => ({ last_message_at });
const read = (rows: ReturnType<typeof groupByDay>) => rows.map((row) => (row.kind === 'heading' ? row.group : row.conversation.title));

describe('conversations by day', () => {
  // 2026-11-23 17:00 UTC is already the 24th in Shanghai and still the 23rd in New York.
  const now = Date.parse('2026-11-23T17:00:00.000Z');
  const conversations = [
    sampleConversation(1, at('2026-11-23T15:30:00.000Z')),
    sampleConversation(2, at('2026-11-23T16:10:00.000Z')),
    sampleConversation(3, at('2026-11-23T04:30:00.000Z')),
  ];

  test('today is the person’s day, not the server’s', () => {
    expect(read(groupByDay(conversations, now, 'Asia/Shanghai'))).toEqual(['today', 'conversation 2', 'earlier', 'conversation 1', 'conversation 3']);
    expect(read(groupByDay(conversations, now, 'UTC'))).toEqual(['today', 'conversation 2', 'conversation 1', 'conversation 3']);
    expect(read(groupByDay(conversations, now, 'America/New_York'))).toEqual(['today', 'conversation 2', 'conversation 1', 'earlier', 'conversation 3']);
  });

  test('the hour that a clock change leaves out or repeats belongs to its day', () => {
    // New York went from 01:59 EDT to 01:00 EST on 2026-11-01: 05:30 and 06:30 UTC are both half past one.
    expect(isSameDay(Date.parse('2026-11-01T05:30:00Z'), Date.parse('2026-11-01T06:30:00Z'), 'America/New_York')).toBe(true);
    expect(isSameDay(Date.parse('2026-11-01T03:59:00Z'), Date.parse('2026-11-01T05:30:00Z'), 'America/New_York')).toBe(false);
  });

  test('pinned comes first, whatever its day, and no heading stands alone', () => {
    const pinned = sampleConversation(4, { pinned: true, last_message_at: '2024-01-01T00:00:00.000Z' });
    expect(read(groupByDay([...conversations.slice(0, 1), pinned], now, 'UTC'))).toEqual(['pinned', 'conversation 4', 'today', 'conversation 1']);
    expect(groupByDay([], now, 'UTC')).toEqual([]);
  });
});
