import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepTime } from './keep-time.ts';
import type { TarEntry } from './read-entries.ts';

const HALF_AN_HOUR = 30 * 60_000;
const MIB = 1024 * 1024;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Two files, the second so much later. */
async function* send(after_ms: number): AsyncGenerator<TarEntry> {
  yield { name: 'one', content: Buffer.alloc(0) };
  vi.setSystemTime(Date.now() + after_ms);
  yield { name: 'two', content: Buffer.alloc(0) };
}
async function take(after_ms: number, bytes: number, signal = new AbortController().signal): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of keepTime(send(after_ms), bytes, signal)) names.push(name);
  return names;
}

it('takes an archive for half an hour, and no longer', async () => {
  expect(await take(HALF_AN_HOUR, 1)).toEqual(['one', 'two']);
  await expect(take(HALF_AN_HOUR + 1, 1)).rejects.toMatchObject({ code: 'took_too_long', place: { file: 'two' } });
});

it('gives a large one more time, and ends where its process does', async () => {
  expect(await take(4 * HALF_AN_HOUR, 1024 * MIB)).toEqual(['one', 'two']);
  await expect(take(4 * HALF_AN_HOUR + 1, 1024 * MIB)).rejects.toMatchObject({ code: 'took_too_long' });
  await expect(take(0, 1, AbortSignal.abort(new Error('stopping')))).rejects.toThrow('stopping');
});
