import { describe, expect, it } from 'vitest';
import { readRange } from './byte-range.ts';

const file = { bytes: 1000, etag: '"abc"' };
const ask = (range: string, ifRange?: string) => readRange(new Headers({ range, ...(ifRange === undefined ? {} : { 'if-range': ifRange }) }), file);

describe('a range', () => {
  it.each([
    ['bytes=0-499', { first: 0, last: 499 }],
    ['bytes=500-', { first: 500, last: 999 }],
    ['bytes=-300', { first: 700, last: 999 }],
    ['bytes=-5000', { first: 0, last: 999 }],
    ['bytes=999-5000', { first: 999, last: 999 }],
    ['Bytes=0-0', { first: 0, last: 0 }],
  ])('%s is a part', (range, part) => expect(ask(range)).toEqual(part));
  it.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0'])('%s is beyond', (range) => expect(ask(range)).toBe('beyond'));
  // RFC 9110 §14.2: what cannot be understood is as if it had not been asked.
  it.each(['bytes=5-2', 'bytes=0-1,5-6', 'lines=0-5', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=0-1x', 'bytes=-1-2', `bytes=${'9'.repeat(20)}-`])('%s is ignored', (range) => expect(ask(range)).toBeNull());
  it('is none without the header, and beyond in an empty file', () => {
    expect(readRange(new Headers(), file)).toBeNull();
    expect(readRange(new Headers({ range: 'bytes=-1' }), { bytes: 0, etag: null })).toBe('beyond');
  });
  it('holds only for the file that If-Range names', () => {
    expect(ask('bytes=1-', '"abc"')).toEqual({ first: 1, last: 999 });
    for (const other of ['"abd"', 'W/"abc"', 'Mon, 23 Nov 2026 00:00:00 GMT', 'abc']) expect(ask('bytes=1-', other)).toBeNull();
    expect(readRange(new Headers({ range: 'bytes=1-', 'if-range': '"abc"' }), { bytes: 9, etag: null })).toBeNull();
  });
});
