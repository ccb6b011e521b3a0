import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLog } from '../telemetry/log.ts';
import { startJobs } from './start-jobs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lines: string[] = [];
const log = createLog('debug', { write: (line: string) => void lines.push(line) });

it('runs each job at its own pace and never twice at once', async () => {
  let finish: () => void = () => undefined;
  const slow = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const quick = vi.fn(async () => undefined);
  const jobs = startJobs([{ name: 'slow', every_ms: 100, run: slow }, { name: 'quick', every_ms: 250, run: quick }], log);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([slow.mock.calls.length, quick.mock.calls.length]).toEqual([1, 4]);
  finish();
  await vi.advanceTimersByTimeAsync(100);
  expect(slow).toHaveBeenCalledTimes(2);
  finish();
  await jobs.stop();
});

it('takes the next turn after a failure, and says by name what failed, without its message', async () => {
  const failing = vi.fn(() => Promise.reject(new Error('canary of a row')));
  const jobs = startJobs([{ name: 'sweep', every_ms: 100, run: failing }], log);
  await vi.advanceTimersByTimeAsync(300);
  await jobs.stop();
  expect(failing).toHaveBeenCalledTimes(3);
  expect(lines.filter((line) => JSON.parse(line).kind === 'sweep')).toHaveLength(3);
  expect(lines.join()).not.toContain('canary');
});

it('stops after the turn that runs has ended, and begins no other', async () => {
  let finish: () => void = () => undefined;
  const run = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const jobs = startJobs([{ name: 'slow', every_ms: 100, run }], log);
  await vi.advanceTimersByTimeAsync(100);
  const stopped = vi.fn();
  const stopping = jobs.stop().then(stopped);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(stopped).not.toHaveBeenCalled();
  finish();
  await stopping;
  expect(run).toHaveBeenCalledOnce();
});
