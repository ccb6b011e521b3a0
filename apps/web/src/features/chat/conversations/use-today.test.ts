import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isSameDay } from './group-by-day.ts';
import { useToday } from './use-today.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T15:58:30.000Z') }));
afterEach(() => void vi.useRealTimers());

test('today becomes another day at the person’s midnight, while the page stays open', () => {
  const zone = 'Asia/Shanghai';
  const { result } = renderHook(() => useToday(zone));
  const before = result.current;
  act(() => void vi.advanceTimersByTime(60_000));
  expect(result.current).toBe(before);
  act(() => void vi.advanceTimersByTime(60_000));
  expect(isSameDay(result.current, Date.parse('2026-11-23T16:00:30.000Z'), zone)).toBe(true);
  expect(isSameDay(before, result.current, zone)).toBe(false);
});

test('a machine that slept over midnight sees it as soon as somebody looks', () => {
  const { result } = renderHook(() => useToday('UTC'));
  vi.setSystemTime(Date.parse('2026-11-24T08:00:00.000Z'));
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  expect(result.current).toBe(Date.parse('2026-11-24T08:00:00.000Z'));
});
