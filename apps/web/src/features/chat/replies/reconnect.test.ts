import { describe, expect, test, vi } from 'vitest';
import { ApiFailure } from '../../../api/client.ts';
import { backOff, findMadeReply, isLost, isRefused, waitForNetwork } from './reconnect.ts';

const failure = (code: ApiFailure['code'], status: number, more: object = {}) => new ApiFailure({ code, status, message: '', ...more });

describe('connecting again', () => {
  test('waits longer each time, ten seconds at most, and as long as the server says', () => {
    const middle = () => 0.5;
    expect([1, 2, 3, 4, 5, 6, 20].map((failures) => backOff(failures, null, middle))).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(backOff(1, null, () => 0)).toBe(400);
    expect(backOff(1, failure('5004', 503, { retry_after_s: 7 }))).toBe(7_000);
  });

  test('does not wait on when the network is back', async () => {
    vi.useFakeTimers();
    const done = vi.fn<() => void>();
    void waitForNetwork(10_000, new AbortController().signal).then(done);
    dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });

  test('gives up a log that is gone or no longer mine, and nothing else', () => {
    expect([failure('3007', 404), failure('2004', 403), failure('2003', 401)].map(isLost)).toEqual([true, true, true]);
    expect([failure('OFFLINE', 0), failure('5004', 503), failure('1005', 429), new Error('reset')].map(isLost)).toEqual([false, false, false, false]);
  });

  test('a send is refused by any answer but “still being answered”, and by three lost tries', () => {
    expect(isRefused(failure('1005', 429), 1)).toBe(true);
    expect(isRefused(failure('3005', 409), 1)).toBe(true);
    expect(isRefused(failure('3005', 409, { details: { reason: 'idempotency_running' } }), 9)).toBe(false);
    expect(isRefused(failure('OFFLINE', 0), 2)).toBe(false);
    expect(isRefused(failure('OFFLINE', 0), 3)).toBe(true);
  });

  test('a send that was made although its answer was lost names its reply', () => {
    const done = (details: object) => failure('3005', 409, { details: { reason: 'idempotency_done', ...details } });
    expect(findMadeReply(done({ resource_type: 'reply', resource_id: 'r-1' }))).toBe('r-1');
    expect([done({ resource_type: 'conversation', resource_id: 'c-1' }), done({}), failure('3005', 409), new Error('x')].map(findMadeReply)).toEqual([null, null, null, null]);
  });
});
