import { describe, expect, it } from 'vitest';
import { decodeList } from './read-file.ts';
import { readPeople } from './read-people.ts';
import { readRecords } from './read-records.ts';

const read = (text: string) => readPeople(text).map(({ line, email, name }) => [line, email, name]);

describe('a list of people', () => {
  it.each<[string, string, (string | number)[][]]>([
    ['addresses, one a line', 'a@x.com\nb@x.com\r\nc@x.com\r', [[1, 'a@x.com', ''], [2, 'b@x.com', ''], [3, 'c@x.com', '']]],
    ['empty lines, which keep the numbers', '\n\na@x.com\n  \nb@x.com\n', [[3, 'a@x.com', ''], [5, 'b@x.com', '']]],
    ['several on a line, as mail programs copy them', 'a@x.com; Ada <b@x.com>;c@x.com', [[1, 'a@x.com', ''], [1, 'b@x.com', 'Ada'], [1, 'c@x.com', '']]],
    ['a comma in a quoted name', '"Lovelace, Ada" <ada@x.com>, Bo <bo@x.com>', [[1, 'ada@x.com', 'Lovelace, Ada'], [1, 'bo@x.com', 'Bo']]],
    ['a name before and after', 'Ada,ada@x.com\nbo@x.com,Bo', [[1, 'ada@x.com', 'Ada'], [2, 'bo@x.com', 'Bo']]],
    ['semicolons, as Excel writes them in half of Europe', 'Name;E-Mail\r\n"Ada ""the"" first";ada@x.com\r\n', [[2, 'ada@x.com', 'Ada "the" first']]],
    ['tabs, as they are copied from a sheet', 'E-mail address\tName\nada@x.com\tAda\n', [[2, 'ada@x.com', 'Ada']]],
    ['a header in Chinese, after a byte order mark', '\uFEFF姓名,部门,邮箱\n陈思远,研发,chen@x.com\n', [[2, 'chen@x.com', '陈思远']]],
    ['given and family name', 'First name,Last name,Email\nAda,Lovelace,ada@x.com', [[2, 'ada@x.com', 'Ada Lovelace']]],
    ['given and family name in Chinese', '名,姓,邮箱\n思远,陈,chen@x.com', [[2, 'chen@x.com', '陈思远']]],
    ['what Excel says of its separator', 'sep=;\nemail;name\na@x.com;A, B', [[3, 'a@x.com', 'A, B']]],
    ['a line break inside quotes', '"Ada\nLovelace",ada@x.com\nbo@x.com', [[1, 'ada@x.com', 'Ada Lovelace'], [3, 'bo@x.com', '']]],
    ['a quote that nobody closes', '"Ada,ada@x.com\nbo@x.com', [[1, 'ada@x.com', '"Ada'], [2, 'bo@x.com', '']]],
    ['what is no address, to be shown as wrong', 'ada\nada@\nb@x.com, and Bo', [[1, 'ada', ''], [2, 'ada@', ''], [3, 'b@x.com', 'and Bo']]],
    ['what is between addresses and is none', 'a@x.com, Bo, b@x.com', [[1, 'a@x.com', ''], [1, 'Bo', ''], [1, 'b@x.com', '']]],
    ['a row that is too short for its header', 'name,email\nAda', [[2, '', 'Ada']]],
    ['mailto links', 'mailto:a@x.com', [[1, 'a@x.com', '']]],
    ['nothing', ' \n\n', []],
  ])('takes %s', (_what, text, people) => {
    expect(read(text)).toEqual(people);
  });

  it('is read in a moment, whatever is in it', () => {
    const began = performance.now();
    for (const text of ['"'.repeat(200_000), '<'.repeat(200_000), `${'"a'.repeat(1_000)}\n`.repeat(100), ','.repeat(200_000), 'a@x.com\n'.repeat(50_000)]) readPeople(text);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('loses nothing that stands between quotes', () => {
    const fields = ['a', 'b "c"', 'd;e', 'f,g', 'h i', ''];
    const line = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',');
    expect(readRecords(`${line}\n${line}`)).toEqual([{ line: 1, fields }, { line: 2, fields }]);
  });
});

describe('a list’s file', () => {
  const text = '姓名,邮箱\n陈思远,chen@x.com';

  it('is read as UTF-8, with a mark and without', () => {
    const bytes = new TextEncoder().encode(text);
    expect(decodeList(bytes)).toBe(text);
    expect(readPeople(decodeList(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes)))[0]?.email).toBe('chen@x.com');
  });

  it('is read as UTF-16 by its mark, and as GB 18030 where it is no UTF-8', () => {
    const units = Array.from(text, (sign) => sign.charCodeAt(0));
    expect(readPeople(decodeList(Uint8Array.from([0xff, 0xfe, ...units.flatMap((unit) => [unit % 256, unit >> 8])])))[0]?.name).toBe('陈思远');
    expect(readPeople(decodeList(Uint8Array.from([0xfe, 0xff, ...units.flatMap((unit) => [unit >> 8, unit % 256])])))[0]?.name).toBe('陈思远');
    // 姓名,邮箱 and 陈思远,a@x.com as a Chinese Excel saves them.
    expect(readPeople(decodeList(Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd3, 0xca, 0xcf, 0xe4, 0x0a, 0xb3, 0xc2, 0xcb, 0xbc, 0xd4, 0xb6, 0x2c, 0x61, 0x40, 0x78, 0x2e, 0x63, 0x6f, 0x6d)))).toEqual([{ line: 2, email: 'a@x.com', name: '陈思远' }]);
  });
});
