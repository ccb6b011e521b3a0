import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { rememberPerson } from '../../session/session-store.ts';
import { startTestTexts } from '../i18n/start-test-texts.ts';
import { choosePreferences } from '../preferences.ts';
import { useShell } from '../shell/shell-store.ts';
import { useHiddenColumns } from './use-hidden-columns.ts';

const PATCH = 'PATCH /api/v1/auth/me';
const columns = ['name', 'roles', 'status'].map((key) => ({ key }));
const open = (list = 'users') => renderHook(() => useHiddenColumns(list, columns));

beforeAll(() => startTestTexts('zh-CN'));
beforeEach(() => {
  choosePreferences({ columns: {} });
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person() as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('keeps the columns that are shown with the account, list by list', async () => {
  choosePreferences({ columns: { suppliers: ['name'] } });
  const calls = serve({ [PATCH]: () => ok(person()) });
  const { result } = open();
  act(() => result.current[1](['roles']));
  expect(result.current[0]).toEqual(['roles']);
  await waitFor(() => expect(calls[0]?.body).toEqual({ preferences: { columns: { suppliers: ['name'], users: ['name', 'status'] } } }));
  expect(open('tenants').result.current[0]).toEqual([]);
});

it('forgets a list that shows everything again, so that a new column shows itself', async () => {
  choosePreferences({ columns: { users: ['name'] } });
  const calls = serve({ [PATCH]: () => ok(person()) });
  const { result } = open();
  act(() => result.current[1]([]));
  await waitFor(() => expect(calls[0]?.body).toEqual({ preferences: { columns: {} } }));
});

it('survives a column that disappeared', () => {
  choosePreferences({ columns: { users: ['name', 'shoe_size'] } });
  expect(open().result.current[0]).toEqual(['roles', 'status']);
});

it('shows the column again, with the reason, where the server refuses', async () => {
  serve({ [PATCH]: () => refused(503, '5004') });
  const { result } = open();
  act(() => result.current[1](['roles']));
  await waitFor(() => expect(useShell.getState().notice).toBe('refused 5004'));
  expect(result.current[0]).toEqual([]);
});

it.each(['{"columns":7}', '{"columns":{"users":"roles"}}', '{"columns":{"users":[1]}}', 'no json'])('passes over %s in the storage', async (kept) => {
  localStorage.setItem('lyss.preferences', kept);
  vi.resetModules();
  const anew = await import('../preferences.ts');
  expect(anew.usePreferences.getState().columns).toEqual({});
});
