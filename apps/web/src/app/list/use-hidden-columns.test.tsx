import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { rememberPerson } from '../../session/session-store.ts';
import { startTestTexts } from '../i18n/start-test-texts.ts';
import { choosePreferences } from '../preferences.ts';
import { useShell } from '../shell/shell-store.ts';
import { visibleColumns } from '../../ui/list/column.ts';
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

/** A person whose account has these columns, as this device does. */
function keep(columns: Me['preferences']['columns']): void {
  choosePreferences({ columns });
  rememberPerson({ ...(person() as Me), preferences: { ...(person() as Me).preferences, columns } });
}

it('keeps the columns that are off with the account, list by list', async () => {
  keep({ 'suppliers-off': ['models'] });
  const calls = serve({ [PATCH]: () => ok(person()) });
  const { result } = open();
  act(() => result.current[1](['roles']));
  expect(result.current[0]).toEqual(['roles']);
  await waitFor(() => expect(calls[0]?.body).toEqual({ preferences: { columns: { 'suppliers-off': ['models'], 'users-off': ['roles'] } } }));
  expect(open('tenants').result.current[0]).toEqual([]);
});

it('shows a column that came with a release to whoever had switched another one off', () => {
  keep({ 'users-off': ['roles'] });
  const later = [...columns, { key: 'shoe_size' }];
  expect(renderHook(() => useHiddenColumns('users', later)).result.current[0]).toEqual(['roles']);
});

it('forgets a list that shows everything again', async () => {
  keep({ 'users-off': ['roles'] });
  const calls = serve({ [PATCH]: () => ok(person()) });
  const { result } = open();
  act(() => result.current[1]([]));
  await waitFor(() => expect(calls[0]?.body).toEqual({ preferences: { columns: {} } }));
});

it('survives a column that disappeared', () => {
  keep({ 'users-off': ['roles', 'shoe_size'] });
  expect(visibleColumns(columns.map((column) => ({ ...column, title: '', render: () => null })), open().result.current[0]).map(({ key }) => key)).toEqual(['name', 'status']);
});

it('reads what was kept before as those that are shown, until it is arranged anew', async () => {
  keep({ users: ['name', 'shoe_size'] });
  const calls = serve({ [PATCH]: () => ok(person()) });
  const { result } = open();
  expect(result.current[0]).toEqual(['roles', 'status']);
  act(() => result.current[1](['roles']));
  await waitFor(() => expect(calls[0]?.body).toEqual({ preferences: { columns: { 'users-off': ['roles'] } } }));
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
