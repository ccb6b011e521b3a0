import { describe, expect, it } from 'vitest';
import { chatEndpoints, currency, email, id, label, listQuery, locale, oneTimeToken, password, timeZone, workspace } from './index.ts';

const cases: [string, { safeParse(value: unknown): { success: boolean } }, unknown[], unknown[]][] = [
  ['a label', label(10), ['a', '中文', ' trimmed ', '👩‍💻', 'x'.repeat(10)], ['', '   ', 'x'.repeat(11), 'a\nb', 'a\u0000', 'a\u202eb', 'a\u2066b', 1, null, ['a']]],
  ['an address', email, ['a@b.example', ' A@B.example ', `${'a'.repeat(60)}@example.com`], ['', 'a', 'a@', '@b.example', 'a@b', 'a b@c.example', 'a@b.example\n.evil', `${'a'.repeat(250)}@b.example`, null, ['a@b.example']]],
  ['a workspace', workspace, ['abc', 'a-c', 'a1-b2', 'a'.repeat(32)], ['', 'ab', 'A-b', '-ab', 'ab-', 'a b', 'a.b', 'a'.repeat(33), 'äbc', 'abc\n']],
  ['a password', password, ['x', ' spaces stay ', 'x'.repeat(256)], ['', 'x'.repeat(257), null, 1]],
  ['a currency', currency, ['USD', 'CNY'], ['usd', 'US', 'USDX', '€', '']],
  ['a time zone', timeZone, ['UTC', 'Asia/Shanghai', 'America/Argentina/Buenos_Aires'], ['', 'Moon/Base', 'x'.repeat(65), null]],
  ['a language', locale, ['zh-CN', 'en-US'], ['en', 'zh', 'EN-US', '']],
  ['a one-time token', oneTimeToken, ['A'.repeat(43), 'a-_0'.padEnd(43, 'x')], ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`, `${'A'.repeat(42)}/`, `${'A'.repeat(43)}\n`, null, ['A'.repeat(43)], {}]],
  ['an id', id, ['0193b3f0-0000-7000-8000-000000000000'], ['', 'x', '0193b3f0000070008000000000000000', '{0193b3f0-0000-7000-8000-000000000000}', "0193b3f0-0000-7000-8000-00000000000'", null, 1]],
];

describe.each(cases)('%s', (_name, schema, good, bad) => {
  it.each(good)('may be %j', (value) => expect(schema.safeParse(value).success).toBe(true));
  it.each(bad)('may not be %j', (value) => expect(schema.safeParse(value).success).toBe(false));
});

describe('an id', () => {
  it('has one spelling', () => {
    expect(id.parse('0193B3F0-0000-7000-8000-00000000ABCD')).toBe('0193b3f0-0000-7000-8000-00000000abcd');
  });
});

describe('a list’s query', () => {
  const query = listQuery(['created_at', 'name'], {});

  it('has defaults, and sorts by a closed set', () => {
    expect(query.parse({})).toEqual({ page_size: 20, sort_by: 'created_at' });
    expect(query.parse({ page_size: '100', page: '3', search: ' x ', include_total: 'true', sort_order: 'asc' })).toEqual({ page_size: 100, page: 3, search: 'x', include_total: true, sort_order: 'asc', sort_by: 'created_at' });
    for (const bad of [{ page_size: '0' }, { page_size: '101' }, { page_size: '1.5' }, { page: '0' }, { page: '101' }, { sort_by: 'id' }, { sort_order: 'up' }, { search: 'x'.repeat(201) }, { include_total: 'yes' }, { cursor: 'x'.repeat(2_001) }]) {
      expect(query.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });
});

describe('starting a reply', () => {
  it('takes a text or what to make anew, and not both or neither', () => {
    const { body } = chatEndpoints.startReply;
    const model = 'm';
    expect(body.safeParse({ model, content: 'Hi' }).success).toBe(true);
    expect(body.safeParse({ model, content: [{ type: 'text', text: 'Hi' }] }).success).toBe(true);
    expect(body.safeParse({ model, regenerate: '0193b3f0-0000-7000-8000-000000000000' }).success).toBe(true);
    for (const bad of [{ model }, { model, content: '' }, { model, content: [] }, { model, content: 'x'.repeat(200_001) }, { content: 'Hi' }, { model, content: 'Hi', regenerate: '0193b3f0-0000-7000-8000-000000000000' }, { model, content: [{ type: 'reasoning', text: 'x', duration_ms: 1 }] }]) {
      expect(body.safeParse(bad).success, JSON.stringify(bad).slice(0, 60)).toBe(false);
    }
  });
});
