import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleId, sampleMessage } from '../test/samples.ts';
import { ROOT, listPath, type Choices } from './message-path.ts';
import { appendOlder, replaceNewest, type MessageTree } from './message-tree.ts';

/** A random tree: message n hangs below one that is older, or begins the conversation. */
const tree = fc
  .array(fc.nat(), { minLength: 1, maxLength: 40 })
  .map((numbers) => numbers.map((pick, index) => sampleMessage(index + 1, index === 0 || pick % 7 === 0 ? null : (pick % index) + 1)));
const order = fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 });

const idsOf = (messages: Parameters<typeof listPath>[0], choices: Choices = {}) => listPath(messages, choices).map((step) => step.message.id);
const page = <T>(items: T[], next_cursor: string | null) => ({ items, pagination: { next_cursor, has_next: next_cursor !== null } });

describe('the shown path', () => {
  test('ends at the newest message without a choice, and every message hangs below the one before', () => {
    fc.assert(
      fc.property(tree, (messages) => {
        const path = listPath(messages, {});
        expect(path[0]?.message.parent_id).toBeNull();
        for (const [index, step] of path.entries()) if (index > 0) expect(step.message.parent_id).toBe(path[index - 1]?.message.id);
        expect(path.at(-1)?.message.id).toBe(messages.at(-1)?.id);
      }),
    );
  });

  test('does not depend on the order in which messages arrived', () => {
    fc.assert(
      fc.property(tree, order, (messages, keys) => {
        const shuffled = messages.map((message, index) => ({ message, key: keys[index] ?? 0 })).toSorted((a, b) => a.key - b.key);
        expect(idsOf(shuffled.map((entry) => entry.message))).toEqual(idsOf(messages));
      }),
    );
  });

  test('reaches every message by choosing the way down to it', () => {
    fc.assert(
      fc.property(tree, fc.nat(), (messages, pick) => {
        const wanted = messages[pick % messages.length]!;
        const choices: Record<string, string> = {};
        for (let walker = wanted; ; walker = messages.find((message) => message.id === walker.parent_id)!) {
          choices[walker.parent_id ?? ROOT] = walker.id;
          if (walker.parent_id === null) break;
        }
        expect(idsOf(messages, choices)).toContain(wanted.id);
      }),
    );
  });

  test('counts siblings in order of time', () => {
    const messages = [sampleMessage(1, null), sampleMessage(2, 1), sampleMessage(3, 1), sampleMessage(4, 1), sampleMessage(5, 2)];
    const [, answer] = listPath(messages, { [sampleId(1)]: sampleId(3) });
    expect(answer).toEqual({ message: messages[2], sibling_ids: [sampleId(2), sampleId(3), sampleId(4)], position: 1 });
    expect(idsOf(messages)).toEqual([sampleId(1), sampleId(2), sampleId(5)]);
  });

  test('is empty where there is nothing, and ignores a choice that is gone', () => {
    expect(listPath([], {})).toEqual([]);
    expect(idsOf([sampleMessage(1, null)], { [ROOT]: sampleId(77) })).toEqual([sampleId(1)]);
  });
});

describe('paging', () => {
  test('loads older pages in front of the path and ends with the path of the whole tree', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 9 }), (messages, size) => {
        let known: MessageTree | undefined;
        for (let end = messages.length; end > 0; end -= size) {
          const start = Math.max(0, end - size);
          const next = page(messages.slice(start, end), start > 0 ? String(start) : null);
          const before = known === undefined ? [] : idsOf(known.messages);
          known = known === undefined ? replaceNewest(undefined, next) : appendOlder(known, next);
          const after = idsOf(known.messages);
          expect(after.slice(after.length - before.length)).toEqual(before);
        }
        expect(known?.older_cursor).toBeNull();
        expect(idsOf(known!.messages)).toEqual(idsOf(messages));
      }),
    );
  });

  test('a fresh newest page replaces what changed and keeps what is older', () => {
    const messages = [1, 2, 3, 4, 5, 6].map((number) => sampleMessage(number, number === 1 ? null : number - 1));
    const known: MessageTree = { messages: messages.slice(0, 4), older_cursor: 'older' };
    const finished = { ...messages[3]!, status: 'stopped' as const };
    const merged = replaceNewest(known, page([finished, messages[4]!, messages[5]!], 'newer page'));
    expect(merged.messages.map((message) => message.id)).toEqual(messages.map((message) => message.id));
    expect(merged.messages[3]?.status).toBe('stopped');
    expect(merged.older_cursor).toBe('older');
  });

  test('a newest page that leaves a gap starts over, so that no turn is silently missing', () => {
    const known: MessageTree = { messages: [sampleMessage(1, null)], older_cursor: null };
    const merged = replaceNewest(known, page([sampleMessage(8, 7), sampleMessage(9, 8)], 'between'));
    expect(merged).toEqual({ messages: [sampleMessage(8, 7), sampleMessage(9, 8)], older_cursor: 'between' });
  });
});
