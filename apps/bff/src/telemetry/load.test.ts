import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { watchLoad, type Load } from './load.ts';

const WINDOW_MS = 300;
// Longer than a window: the histogram alone would hold nothing of it.
const STALL_MS = 600;
let load: Load | undefined;
afterEach(() => load?.stop());

function stall(): void {
  const end = performance.now() + STALL_MS;
  while (performance.now() < end);
}

// A busy machine gives this process less of a core than it asks for, so the work is told, not measured.
const allOwn = () => performance.now();

it('takes a single pause for what it is, in whichever window it falls', async () => {
  load = watchLoad(WINDOW_MS, allOwn);
  await wait(WINDOW_MS);
  const seen: boolean[] = [];
  stall();
  for (let window = 0; window < 3; window += 1) {
    await wait(WINDOW_MS);
    seen.push(load.isOverloaded());
  }
  expect(seen).toEqual([false, false, false]);
});

it('sheds while the loop is late window after window, and no longer', async () => {
  load = watchLoad(WINDOW_MS, allOwn);
  for (let turn = 0; turn < 6; turn += 1) {
    stall();
    await wait(1);
  }
  expect(load.isOverloaded()).toBe(true);
  await wait(WINDOW_MS * 3);
  expect(load.isOverloaded()).toBe(false);
});

it('does not shed for the neighbours: late without work of its own', async () => {
  load = watchLoad(WINDOW_MS, () => 0);
  for (let turn = 0; turn < 6; turn += 1) {
    stall();
    await wait(1);
  }
  expect(load.isOverloaded()).toBe(false);
});
