import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Me, User } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { useAccessFacts } from './access-facts.tsx';
import en from './texts/en-US.ts';
import { UnlinkPerson } from './unlink-person.tsx';

const at = '2026-11-01T00:00:00.000Z';
const ada: User = { id: 'u-ada', email: 'ada@example.com', name: 'Ada', roles: ['end_user'], custom_roles: [], status: 'active', locale: 'en-US', has_second_factor: false, invitation: null, last_seen_at: null, created_at: at, updated_at: at, version: 2 };
const path = '/api/v1/admin/users/u-ada';

beforeAll(() => startTestTexts('en-US', 'users'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Facts({ onUnlink }: { onUnlink: (() => void) | null }) {
  return <>{useAccessFacts(ada, [], onUnlink).map(([term, fact]) => <div key={term}>{term}: {fact}</div>)}</>;
}

it('stands on the person’s page where the provider knows them, and untying where one may', async () => {
  rememberPerson(person(['users.write']) as Me);
  const read = (single_sign_on: object | null) => serve({ [`GET ${path}`]: () => ok({ ...ada, sessions_count: 1, second_factors: { totp: false, passkeys_count: 0, recovery_codes_left: 0, demanded: false }, single_sign_on, link: null }) });
  const onUnlink = vi.fn();
  read({ linked_at: at, last_used_at: at });
  renderPage(<Facts onUnlink={onUnlink} />);
  fireEvent.click(await screen.findByRole('button', { name: en.provider.unlink }));
  expect(onUnlink).toHaveBeenCalledOnce();
  cleanup();
  renderPage(<Facts onUnlink={null} />);
  await screen.findByText(new RegExp(en.provider.last));
  expect(screen.queryByRole('button', { name: en.provider.unlink })).toBeNull();
  cleanup();
  read(null);
  renderPage(<Facts onUnlink={onUnlink} />);
  await screen.findByText(new RegExp(en.access.sessions));
  expect(screen.queryByText(new RegExp(en.provider.title))).toBeNull();
});

it('names the person before it unties them, and a refusal stays in the question', async () => {
  rememberPerson(person(['users.write']) as Me);
  let allowed = false;
  const calls = serve({ [`DELETE ${path}/single-sign-on`]: () => (allowed ? new Response(null, { status: 204 }) : refused(409, '3006', { reason: 'sso_not_linked' })) });
  const onClose = vi.fn();
  renderPage(<UnlinkPerson user={ada} onClose={onClose} />);
  expect((await screen.findByRole('alertdialog', { name: 'Unlink Ada from the identity provider?' })).textContent).toContain('ada@example.com');
  const press = () => fireEvent.click(screen.getByRole('button', { name: 'Unlink Ada' }));
  press();
  await screen.findByText('refused 3006');
  allowed = true;
  press();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(calls).toHaveLength(2);
});
