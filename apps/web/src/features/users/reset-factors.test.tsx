import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Me, User } from '@lyss/api-types';
import { person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { ResetFactors } from './reset-factors.tsx';

const at = '2026-11-01T00:00:00.000Z';
const ada: User = { id: 'u-ada', email: 'ada@example.com', name: 'Ada', roles: ['end_user'], custom_roles: [], status: 'active', locale: 'en-US', has_second_factor: true, invitation: null, last_seen_at: null, created_at: at, updated_at: at, version: 2 };

beforeAll(() => startTestTexts('en-US', 'users'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('names the person, asks for a reason, and keeps it where the server refuses', async () => {
  rememberPerson(person(['users.write']) as Me);
  let allowed = false;
  const calls = serve({ 'DELETE /api/v1/admin/users/u-ada/second-factors': () => (allowed ? new Response(null, { status: 204 }) : refused(403, '2004', { reason: 'beyond_own_permissions' })) });
  const onClose = vi.fn();
  renderPage(<ResetFactors user={ada} onClose={onClose} />);
  expect((await screen.findByRole('alertdialog', { name: /Reset the second factors of Ada/ })).textContent).toContain('ada@example.com');
  const press = () => fireEvent.click(screen.getByRole('button', { name: 'Reset' }));
  press();
  expect(screen.getByText('Enter a reason')).toBeTruthy();
  expect(calls).toEqual([]);
  fireEvent.change(screen.getByLabelText('Reason'), { target: { value: ' lost her phone ' } });
  press();
  expect(await screen.findByText(/more than you may do yourself/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Reason').value).toBe(' lost her phone ');
  allowed = true;
  press();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(calls.at(-1)?.path).toBe('/api/v1/admin/users/u-ada/second-factors?reason=lost+her+phone');
});
