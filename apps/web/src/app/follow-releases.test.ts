import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followReleases } from './follow-releases.ts';

const reload = vi.fn();
let stop = () => undefined as void;
const miss = () => dispatchEvent(new Event('vite:preloadError', { cancelable: true }));

beforeEach(() => {
  sessionStorage.clear();
  reload.mockClear();
  stop = followReleases(reload);
});
afterEach(() => stop());

it('loads anew once when a file of an older release is gone, then lets the failure show', () => {
  expect(miss()).toBe(false);
  expect(miss()).toBe(true);
  expect(reload).toHaveBeenCalledTimes(1);
});

it('turns in no circle where the browser keeps nothing: the failure shows', () => {
  const forbidden = () => {
    throw new DOMException('no storage', 'SecurityError');
  };
  vi.stubGlobal('sessionStorage', { getItem: forbidden, setItem: forbidden });
  expect(miss()).toBe(true);
  expect(reload).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});

it('does not reload a page that is merely offline', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  expect(miss()).toBe(true);
  expect(reload).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
