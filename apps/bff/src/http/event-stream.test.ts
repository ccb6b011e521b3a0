import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeEventStream } from './event-stream.ts';
import type { LoggedEvent } from './route.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A source as the log's readers are: it holds something until its `finally`, and looks at its signal between batches. */
function createSource() {
  const abort = new AbortController();
  const letGo = vi.fn();
  async function* follow(): AsyncGenerator<LoggedEvent[]> {
    try {
      for (let seq = 1; !abort.signal.aborted; seq++) yield [{ seq, event: 'text', data: {} }];
    } finally {
      letGo();
    }
  }
  return { letGo, open: () => writeEventStream(follow(), () => abort.abort()) };
}

it('lets go of its source when a reader leaves that had a batch waiting', async () => {
  const { letGo, open } = createSource();
  const body = open();
  // The batch that is read ahead is made; its generator waits at the `yield`.
  await vi.advanceTimersByTimeAsync(0);
  await body.cancel();
  await vi.advanceTimersByTimeAsync(0);
  expect(letGo).toHaveBeenCalledOnce();
});

it('lets go of its source when the reader had left before the first batch was asked for', async () => {
  const { letGo, open } = createSource();
  await open().cancel();
  await vi.advanceTimersByTimeAsync(0);
  expect(letGo).toHaveBeenCalledOnce();
});

it('lets go of its source when the reader stalls', async () => {
  const { letGo, open } = createSource();
  const reader = open().getReader();
  await vi.advanceTimersByTimeAsync(31_000);
  expect(letGo).toHaveBeenCalledOnce();
  await expect(reader.read()).rejects.toThrow('stalled');
});
