import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { person } from '../../api/test-server.ts';

// A console that is opened anew: what it knows, it reads from the device.
async function openConsole() {
  vi.resetModules();
  const session = await import('../../session/session-store.ts');
  const { startTestTexts } = await import('../i18n/start-test-texts.ts');
  await startTestTexts('zh-CN', 'app');
  const { useHiddenColumns } = await import('./use-hidden-columns.ts');
  // The helper builds a whole Me; its literal types are wider than the contract's.
  return { signIn: (id: string) => session.rememberPerson({ ...person([]), id } as Me), useHiddenColumns };
}

beforeEach(() => localStorage.clear());
afterEach(cleanup);

it('keeps the choice for the next time, for one person and one list', async () => {
  const first = await openConsole();
  first.signIn('ada');
  const { result } = renderHook(() => first.useHiddenColumns('users'));
  act(() => result.current[1](['roles']));
  expect(result.current[0]).toEqual(['roles']);

  const second = await openConsole();
  second.signIn('ada');
  expect(renderHook(() => second.useHiddenColumns('users')).result.current[0]).toEqual(['roles']);
  expect(renderHook(() => second.useHiddenColumns('tenants')).result.current[0]).toEqual([]);
  act(() => second.signIn('bob'));
  expect(renderHook(() => second.useHiddenColumns('users')).result.current[0]).toEqual([]);
});

it.each(['{"hidden_columns":7}', '{"hidden_columns":{"users ada":"roles"}}', '{"hidden_columns":{"users ada":[1]}}', 'no json'])('passes over %s in the storage', async (kept) => {
  localStorage.setItem('lyss.preferences', kept);
  const opened = await openConsole();
  opened.signIn('ada');
  expect(renderHook(() => opened.useHiddenColumns('users')).result.current[0]).toEqual([]);
});
