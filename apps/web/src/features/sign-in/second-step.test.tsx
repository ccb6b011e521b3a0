import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { askPasskey, offersPasskeysInField, PasskeyFailure } from '../../app/passkeys/ask-passkey.ts';
import { forgetPerson, useSession } from '../../session/session-store.ts';
import Page from './page.tsx';

vi.mock('../../app/load-console.ts', () => ({ loadConsole: async () => ({ default: () => null }) }));
// A browser's own dialog, which no test page has.
vi.mock('../../app/passkeys/ask-passkey.ts', async (original) => ({
  ...(await original<typeof import('../../app/passkeys/ask-passkey.ts')>()),
  canUsePasskeys: () => true,
  offersPasskeysInField: vi.fn(async () => false),
  askPasskey: vi.fn(),
}));

const challenge = 'c'.repeat(43);
const details = { challenge, expires_in: 300, methods: ['totp', 'recovery_code'], passkey_options: null };
const options = { challenge, rpId: 'localhost', timeout: 300_000, userVerification: 'required', allowCredentials: [] };
const assertion = { id: 'a', rawId: 'a', type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: 'x', authenticatorData: 'x', signature: 'x' } } as const;
const ready = { 'GET /api/v1/setup': () => ok({ needed: false, mail: true, passkeys: true }), 'POST /api/v1/auth/passkey/options': () => ok(options) };
const signedIn = () => ok({ user: person(), expires_in: 600 });

const open = () => render(<Suspense fallback={null}><Page /></Suspense>);

beforeAll(() => startTestTexts('zh-CN', 'sign-in'));
beforeEach(() => {
  localStorage.clear();
  forgetPerson();
  vi.mocked(askPasskey).mockReset();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a second step after the password', () => {
  it('is asked for, and where it ended leads back to what was typed, with the reason', async () => {
    serve({ ...ready, 'POST /api/v1/auth/login': () => refused(401, '2007', details), 'POST /api/v1/auth/login/second-step': () => refused(401, '2003', { reason: 'challenge_ended' }) });
    open();
    fireEvent.change(screen.getByLabelText('邮箱'), { target: { value: 'lin@example.com' } });
    fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'right' } });
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    fireEvent.change(await screen.findByLabelText('验证码'), { target: { value: '123456' } });
    expect(await screen.findByText(/上一次验证已过期/)).toBeTruthy();
    expect([screen.getByLabelText<HTMLInputElement>('邮箱').value, screen.getByLabelText<HTMLInputElement>('密码').value]).toEqual(['lin@example.com', 'right']);
  });
});

describe('a passkey alone', () => {
  it('signs in without an address', async () => {
    vi.mocked(askPasskey).mockResolvedValueOnce({ ...assertion });
    const calls = serve({ ...ready, 'POST /api/v1/auth/passkey': signedIn });
    open();
    fireEvent.click(await screen.findByRole('button', { name: '用通行密钥登录' }));
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(calls.find(({ path }) => path === '/api/v1/auth/passkey')?.body).toEqual({ response: assertion });
  });

  it('says why none arrived, and why the server took none', async () => {
    vi.mocked(askPasskey).mockRejectedValueOnce(new PasskeyFailure('cancelled')).mockResolvedValueOnce({ ...assertion });
    serve({ ...ready, 'POST /api/v1/auth/passkey': () => refused(401, '2003', { reason: 'passkey_refused' }) });
    open();
    const button = await screen.findByRole('button', { name: '用通行密钥登录' });
    fireEvent.click(button);
    expect(await screen.findByText(/没有收到通行密钥/)).toBeTruthy();
    fireEvent.click(button);
    expect(await screen.findByText('refused 2003')).toBeTruthy();
  });

  it('is offered in the e-mail field’s own list where the browser has one, and nobody hears that none was chosen', async () => {
    vi.mocked(offersPasskeysInField).mockResolvedValueOnce(true);
    vi.mocked(askPasskey).mockRejectedValueOnce(new PasskeyFailure('cancelled'));
    serve(ready);
    open();
    await waitFor(() => expect(vi.mocked(askPasskey).mock.calls).toEqual([[options, { in_field: true }]]));
    expect(screen.getByLabelText('邮箱').getAttribute('autocomplete')).toBe('username webauthn');
    expect(screen.queryByText(/没有收到通行密钥/)).toBeNull();
  });

  it('is not offered where the platform takes none', async () => {
    const calls = serve({ 'GET /api/v1/setup': () => ok({ needed: false, mail: true, passkeys: false }) });
    open();
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(screen.queryByRole('button', { name: '用通行密钥登录' })).toBeNull();
    expect(screen.getByLabelText('邮箱').getAttribute('autocomplete')).toBe('username');
  });
});
