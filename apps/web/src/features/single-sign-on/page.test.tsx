import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, SsoConnection } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import { keepOutcome } from './last-test.ts';
import Page from './page.tsx';
import { TestResult } from './test-result.tsx';
import en from './texts/en-US.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 20_000 });

const PATH = '/api/v1/admin/single-sign-on';
const redirect_uri = 'https://lyss.example/sso/callback/acme';
const saved: SsoConnection = {
  ...{ issuer: 'https://login.example.com', client_id: 'lyss', secret_hint: '…6789', secret_fingerprint: 'f', scopes: ['profile'] },
  domains: [{ id: '0198c0de-0000-7000-8000-0000000000e1', domain: 'acme.example', state: 'pending' }],
  ...{ role_claim: 'groups', role_rules: [{ value: 'staff', role: 'end_user' }], default_role: null, creates_users: true, enabled: true, sso_only: false },
  ...{ test: null, people_count: 3, created_at: '2026-11-01T00:00:00.000Z', updated_at: '2026-11-01T00:00:00.000Z', version: 4 },
};

function open(connection: SsoConnection | null, answers: Parameters<typeof serve>[0] = {}) {
  const calls = serve({ [`GET ${PATH}`]: () => ok({ connection, redirect_uri }), 'GET /api/v1/admin/roles': () => ok({ items: [] }), ...answers });
  renderPage(<Page />, { path: '/single-sign-on' });
  return calls;
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

beforeAll(() => startTestTexts('en-US', 'single-sign-on', 'access'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['sso.manage', 'roles.read']) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the single sign-on page', () => {
  it('shows the address to register, sends what was typed, and keeps it where the server refuses', async () => {
    const issues = [{ path: 'issuer', code: 'invalid_url', message: 'Not an address of an issuer' }];
    const calls = open(null, { [`POST ${PATH}`]: () => refused(400, '1001', { issues }) });
    await screen.findByText(redirect_uri);
    type(en.provider.issuer, 'https://login.example.com');
    type(en.provider.client_id, 'lyss');
    type(en.provider.secret, 'a-secret');
    type(en.domains.label, 'Acme.example, b.example');
    press('Save');
    await waitFor(() => expect(screen.getByLabelText(en.provider.issuer).getAttribute('aria-invalid')).toBe('true'));
    expect(calls.find(({ method }) => method === 'POST')?.body).toMatchObject({ issuer: 'https://login.example.com', client_secret: 'a-secret', domains: ['acme.example', 'b.example'] });
    expect(screen.getByLabelText<HTMLInputElement>(en.provider.issuer).value).toBe('https://login.example.com');
    expect(screen.getByLabelText<HTMLInputElement>(en.provider.secret).value).toBe('a-secret');
  });

  it('changes what is saved against its version, and sends no secret that nobody typed', async () => {
    const calls = open(saved, { [`PATCH ${PATH}`]: () => ok({ ...saved, role_claim: 'roles', version: 5 }) });
    await screen.findByDisplayValue('groups');
    type(en.roles.claim, 'roles');
    press('Save');
    await screen.findByText(en.saved);
    const sent = calls.find(({ method }) => method === 'PATCH');
    expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"4"', expect.objectContaining({ role_claim: 'roles' })]);
    expect(sent?.body).not.toHaveProperty('client_secret');
  });

  it('offers a test of what is saved alone, and says who waits to be decided', async () => {
    open(saved);
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: en.access.test })).disabled).toBe(false);
    expect(screen.getByText(new RegExp(en.domains.state.pending))).toBeTruthy();
    type(en.roles.claim, 'roles');
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: en.access.test }).disabled).toBe(true));
  });

  it('removes the connection by its issuer’s name, and a refusal stays in the question', async () => {
    const calls = open(saved, { [`DELETE ${PATH}`]: () => refused(403, '2004') });
    fireEvent.click(await screen.findByRole('button', { name: en.remove.open }));
    expect((await screen.findByRole('alertdialog')).textContent).toContain(saved.issuer);
    press(en.remove.confirm);
    await screen.findByText('refused 2004');
    expect(calls.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it('leads whoever may read the audit to what it says of the connection, and nobody else', async () => {
    open(saved);
    await screen.findByText(redirect_uri);
    expect(screen.queryByRole('link', { name: /audit/i })).toBeNull();
    cleanup();
    rememberPerson(person(['sso.manage', 'roles.read', 'audit.read']) as Me);
    open(saved);
    const link = await screen.findByRole('link', { name: /audit/i });
    expect(link.getAttribute('href')).toContain('resource_type=sso_connection');
    expect(link.getAttribute('href')).not.toContain('resource_id');
  });

  it('says that the settings could not be read', async () => {
    open(null, { [`GET ${PATH}`]: () => refused(403, '2004') });
    expect(await screen.findByText(en.failed)).toBeTruthy();
  });
});

describe('the result of a test', () => {
  const claims = [{ name: 'groups', value: '["staff"]' }];

  it('shows each claim, whom it would be and with which roles', async () => {
    serve({ 'GET /api/v1/admin/roles': () => ok({ items: [] }) });
    const result = { claims, refusal: null, user: { email: 'ada@acme.example', name: 'Ada', is_new: true, is_me: false }, roles: [{ id: 'end_user' as const, name: 'end_user' }], matched: ['staff'] };
    renderPage(<TestResult outcome={{ result }} />);
    await screen.findByText('Would add Ada (ada@acme.example)');
    expect(screen.getByText('Roles: Member')).toBeTruthy();
    expect(screen.getByRole('row', { name: 'groups ["staff"]' })).toBeTruthy();
  });

  it('says why such a person would be refused, and what failed on the way', async () => {
    serve({ 'GET /api/v1/admin/roles': () => ok({ items: [] }) });
    renderPage(<TestResult outcome={{ result: { claims, refusal: { reason: 'sso_no_role', message: 'No role for you.' }, user: null, roles: [], matched: [] } }} />);
    await screen.findByText('Would be refused: No role for you.');
    cleanup();
    keepOutcome({ problem: 'The secret is wrong.' });
    open(saved);
    expect((await screen.findByRole('alert')).textContent).toContain('The secret is wrong.');
  });
});
