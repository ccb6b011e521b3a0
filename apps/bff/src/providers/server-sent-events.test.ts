import { describe, expect, it } from 'vitest';
import { EventReader, maxEventBytes } from './server-sent-events.ts';

function readText(text: string): [string, string][] {
  return new EventReader().push(Buffer.from(text)).map(({ event, data }) => [event, data]);
}

function readBytes(bytes: Buffer, size: number): string[] {
  const reader = new EventReader();
  const data: string[] = [];
  for (let at = 0; at < bytes.length; at += size) data.push(...reader.push(bytes.subarray(at, at + size)).map((event) => event.data));
  return data;
}

describe('EventReader', () => {
  it.each([
    ['LF', 'data: a\n\ndata: b\n\n', [['', 'a'], ['', 'b']]],
    ['CR', 'data: a\r\rdata: b\r\r', [['', 'a'], ['', 'b']]],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [['', 'a'], ['', 'b']]],
    ['CRLF inside an event', 'event: x\r\ndata: a\r\ndata: b\r\n\r\n', [['x', 'a\nb']]],
    ['mixed ends', 'data: a\r\n\ndata: b\n\r\ndata: c\r\r\n', [['', 'a'], ['', 'b'], ['', 'c']]],
    ['a BOM at the start', '\ufeffdata: a\n\n', [['', 'a']]],
    ['a BOM later is text', 'data: a\n\n\ufeffdata: b\n\ndata: \ufeffc\n\n', [['', 'a'], ['', '\ufeffc']]],
    ['comments', ': hello\n:\ndata: a\n: there\n\n:\n\n', [['', 'a']]],
    ['several data lines', 'data: a\ndata: b\ndata\ndata:\n\n', [['', 'a\nb\n\n']]],
    ['no space after the colon', 'data:a\ndata:  b\n\n', [['', 'a\n b']]],
    ['event names', 'event: ping\ndata: 1\n\ndata: 2\n\n', [['ping', '1'], ['', '2']]],
    ['an event without data', 'event: ping\n\ndata: 2\n\n', [['', '2']]],
    ['ids, retries and foreign fields', 'id: 1\nid\nretry: 5\ndatas: x\nDATA: y\ndata: 2\nfoo\n\n', [['', '2']]],
    ['colons in the value', 'data: a: b:c\n\n', [['', 'a: b:c']]],
    ['no blank line at the end', 'data: a\n\ndata: b\n', [['', 'a']]],
  ])('reads %s', (_, text, events) => {
    expect(readText(text)).toEqual(events);
    for (let size = 1; size <= text.length; size += 1) expect(readBytes(Buffer.from(text), size)).toEqual(events.map(([, data]) => data));
  });

  it('puts characters together that were cut in their bytes, and survives bytes that are none', () => {
    const bytes = Buffer.from('data: 你好 🌍 é\n\n');
    for (let size = 1; size < bytes.length; size += 1) expect(readBytes(bytes, size)).toEqual(['你好 🌍 é']);
    expect(readBytes(Buffer.concat([Buffer.from('data: a'), Buffer.from([0xf0, 0x9f, 0xff]), Buffer.from('b\n\n')]), 1)).toEqual(['a\ufffd\ufffdb']);
  });

  it.each([
    ['a line that never ends', 'x'.repeat(maxEventBytes + 1)],
    ['a line over the limit in one piece', `data: ${'x'.repeat(maxEventBytes)}\n\n`],
    ['an event of many lines', 'data: 0123456789\n'.repeat(maxEventBytes / 10)],
  ])('refuses %s', (_, text) => {
    for (const size of [1000, text.length]) expect(() => readBytes(Buffer.from(text), size)).toThrow(expect.objectContaining({ kind: 'invalid_response' }));
  });

  it('reads a line just under the limit byte by byte in about linear time', () => {
    const text = 'x'.repeat(maxEventBytes - 10);
    const bytes = Buffer.from(`data: ${text}\n\n`);
    const started = performance.now();
    expect(readBytes(bytes, 1)).toEqual([text]);
    // A million pushes take a fraction of a second; copying what is held at each would take many minutes.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
