import { describe, expect, it } from 'vitest';
import { listForms } from './forms.ts';
import { createSearch } from './search.ts';

const SECRET = 'sk-live/9f8e "7d6c"+5b4a=Zoë & <co>\\';
const search = createSearch([{ kind: 'supplier key', bytes: Buffer.from(SECRET) }]);
const find = (text: string | Buffer) => search(Buffer.from(text)).map(({ form }) => form);

describe('a secret is found', () => {
  it('as it is, wherever it stands', () => {
    expect(find(`${'x'.repeat(50_000)}${SECRET}`)).toEqual(['raw']);
    expect(find(`${SECRET}x`)).toEqual(['raw']);
    expect(find(`${SECRET}${SECRET}`)).toEqual(['raw', 'raw']);
  });

  it.each([0, 1, 2, 3, 4, 5])('in base64 and base64url, %i bytes after the beginning of what was encoded', (before) => {
    const text = Buffer.from(`${'é?>'.repeat(3).slice(0, before)}${SECRET} and more`);
    expect(find(`{"x":"${text.toString('base64')}"}`)).not.toEqual([]);
    expect(find(`?x=${text.toString('base64url')}`)).not.toEqual([]);
  });

  it('in hex, in small and in big letters', () => {
    expect(find(`\\x00${Buffer.from(SECRET).toString('hex')}ff`)).toEqual(['hex']);
    expect(find(Buffer.from(SECRET).toString('hex').toUpperCase())).toEqual(['hex']);
  });

  it('in a URL, a form and a path', () => {
    for (const text of [encodeURIComponent(SECRET), encodeURIComponent(SECRET).toLowerCase().replace('zo', 'Zo'), encodeURI(SECRET), encodeURIComponent(SECRET).replaceAll('%20', '+')]) {
      expect(find(`https://example.com/?a=${text}&b=1`), text).toEqual(['URL']);
    }
    expect(find(new URLSearchParams({ a: SECRET }).toString().replaceAll('%26', '%26'))).toContain('URL');
  });

  it('in JSON, in JSON that stands in JSON, with escaped slashes, and with everything escaped', () => {
    expect(find(JSON.stringify({ a: SECRET }))).toEqual(['JSON']);
    expect(find(JSON.stringify({ a: JSON.stringify({ b: SECRET }) }))).toEqual(['JSON in JSON']);
    expect(find(JSON.stringify(SECRET).replaceAll('/', '\\/'))).toEqual(['JSON']);
    expect(find([...SECRET].map((one) => (/\w/.test(one) ? one : `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)).join(''))).toEqual(['JSON escapes']);
  });

  it('in HTML', () => {
    expect(find('sk-live/9f8e &quot;7d6c&quot;+5b4a=Zoë &amp; &lt;co&gt;\\')).toEqual(['HTML']);
  });

  it('when it is random bytes', () => {
    const key = Buffer.from('00ff10fe20fd30fc40fb50fa60f970f8', 'hex');
    const look = createSearch([{ kind: 'data key', bytes: key }]);
    for (const text of [Buffer.concat([Buffer.from('x'), key]), Buffer.from(key.toString('hex')), Buffer.from(key.toString('base64'))]) expect(look(text)).toHaveLength(1);
  });
});

describe('nothing else is found', () => {
  it('not its ends, not its hash, not one like it, not in nothing', () => {
    for (const text of ['', 'short', SECRET.slice(0, -1), SECRET.slice(1), SECRET.replace('7', '8')]) expect(find(text), text).toEqual([]);
  });

  it('and a secret that chance could make is refused', () => {
    expect(() => createSearch([{ kind: 'code', bytes: Buffer.from('123456') }])).toThrow('a code of 6 bytes cannot be told from chance');
  });
});

it('no form is looked for twice', () => {
  const forms = listForms(Buffer.from('abcdefghijklmnop')).map(({ bytes }) => bytes.toString('latin1'));
  expect(new Set(forms).size).toBe(forms.length);
});
