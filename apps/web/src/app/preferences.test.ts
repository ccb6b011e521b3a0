import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  delete document.documentElement.dataset['theme'];
});

it('a system that turned dark while the scripts were loading is followed', async () => {
  document.documentElement.dataset['theme'] = 'light';
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
  await import('./preferences.ts');
  expect(document.documentElement.dataset['theme']).toBe('dark');
});
