import { describe, expect, test } from 'vitest';
import { listPath } from './messages/message-path.ts';
import { createTurn } from './replies/live-store.ts';
import { findLastId, listRows, reuseRows } from './rows.ts';
import { sampleId, sampleMessage } from './test/samples.ts';

const messages = [sampleMessage(1, null), sampleMessage(2, 1), sampleMessage(3, 2), sampleMessage(4, 3, { status: 'running' })];
const path = listPath(messages, {});
const known = (id: string) => messages.some((message) => message.id === id);
const conversation_id = sampleId(9_000);
const text = (parts: { type: string }[]) => parts.map((part) => ('text' in part ? part.text : '')).join('');

describe('the rows that are shown', () => {
  test('what was sent stands below what it answers until the server has named it', () => {
    const turn = createTurn({ conversation_id, parent_id: sampleId(2), sent_text: 'and then?' }, { last_id: 2, parts: [{ type: 'text', text: 'then' }] });
    const rows = listRows(path, [turn], known, {});
    expect(rows.map((row) => [row.message.role, text(row.message.content), row.pending])).toEqual([
      ['user', 'message 1', false],
      ['assistant', 'message 2', false],
      ['user', 'and then?', true],
      ['assistant', 'then', true],
    ]);
    expect(rows[3]?.message.status).toBe('running');
  });

  test('the log takes the place of a running message’s content, and only once it was read', () => {
    const turn = createTurn({ conversation_id, parent_id: sampleId(3), sent_text: null }, { message_id: sampleId(4) });
    expect(text(listRows(path, [turn], known, {})[3]!.message.content)).toBe('message 4');
    const read = { ...turn, reply: { ...turn.reply, last_id: 1, parts: [{ type: 'text' as const, text: 'live' }] } };
    const rows = listRows(path, [read], known, {});
    expect(text(rows[3]!.message.content)).toBe('live');
    expect(rows).toHaveLength(4);
  });

  test('what is sent before the ended answer is settled stands below it, and answers it by its id', () => {
    const ended = createTurn({ conversation_id, parent_id: sampleId(4), sent_text: 'first' }, { message_id: sampleId(6), last_id: 3, finish_reason: 'stopped', parts: [{ type: 'text', text: 'stopped here' }] });
    expect(findLastId(listRows(path, [ended], known, {}))).toBe(sampleId(6));
    const next = createTurn({ conversation_id, parent_id: sampleId(6), sent_text: 'second' });
    const rows = listRows(path, [ended, next], known, {});
    expect(rows.slice(4).map((row) => [text(row.message.content), row.message.status])).toEqual([['first', 'complete'], ['stopped here', 'stopped'], ['second', 'complete'], ['', 'running']]);
    // Not accepted yet: there is no id that could be answered, only the one above.
    expect(findLastId(rows)).toBe(sampleId(6));
  });

  test('a reply on another branch is not shown on this one', () => {
    const turn = createTurn({ conversation_id, parent_id: sampleId(1), sent_text: null }, { message_id: sampleId(4), last_id: 1 });
    const other = listPath([...messages, sampleMessage(5, 1)], { [sampleId(1)]: sampleId(5) });
    expect(listRows(other, [turn], known, {}).map((row) => row.key)).toEqual([sampleId(1), sampleId(5)]);
  });

  test('rows keep the key they had before the server named them', () => {
    const keys = { [sampleId(4)]: 'turn' };
    expect(listRows(path, [], known, keys).map((row) => row.key)).toEqual([sampleId(1), sampleId(2), 'turn:sent', 'turn']);
  });

  test('a token leaves every other row the object it was', () => {
    const turn = createTurn({ conversation_id, parent_id: sampleId(3), sent_text: null }, { message_id: sampleId(4), last_id: 1 });
    const before = listRows(path, [turn], known, {});
    const after = reuseRows(before, listRows(path, [{ ...turn, reply: { ...turn.reply, last_id: 2 } }], known, {}));
    expect(after.map((row, index) => row === before[index])).toEqual([true, true, true, false]);
  });
});
