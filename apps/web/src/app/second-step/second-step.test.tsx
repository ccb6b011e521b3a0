import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SecondStep } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { forgetPerson, useSession } from '../../session/session-store.ts';
import { startTestTexts } from '../i18n/start-test-texts.ts';
import { askPasskey, PasskeyFailure } from '../passkeys/ask-passkey.ts';
import { SecondStepForm } from './second-step.tsx';

// A browser's own dialog, which no test page has.
vi.mock('../passkeys/ask-passkey.ts', async (original) => ({ ...(await original<typeof import('../passkeys/ask-passkey.ts')>()), canUsePasskeys: () => true, askPasskey: vi.fn() }));

const STEP = 'POST /api/v1/auth/login/second-step';
const challenge = 'c'.repeat(43);
const passkey_options = { challenge, rpId: 'localhost', timeout: 300_000, userVerification: 'required', allowCredentials: [] } as const;
const step: SecondStep = { challenge, expires_in: 300, methods: ['totp', 'passkey', 'recovery_code'], passkey_options: { ...passkey_options, allowCredentials: [] } };
const assertion = { id: 'a', rawId: 'a', type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: 'x', authenticatorData: 'x', signature: 'x' } } as const;
const signedIn = () => ok({ user: person(), expires_in: 600 });

function open(answers: Parameters<typeof serve>[0] = {}, asked: SecondStep = step) {
  const calls = serve(answers);
  const [onOver, onBack] = [vi.fn(), vi.fn()];
  render(<SecondStepForm step={asked} onOver={onOver} onBack={onBack} />);
  return { onOver, onBack, sent: () => calls.filter(({ path }) => path.endsWith('/second-step')).map(({ body }) => body) };
}
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeAll(() => startTestTexts('zh-CN'));
beforeEach(() => forgetPerson());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the second step', () => {
  it('sends a code by itself as soon as it is whole, and signs in', async () => {
    const { sent } = open({ [STEP]: signedIn });
    type('验证码', '123 456');
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(sent()).toEqual([{ method: 'totp', challenge, code: '123456' }]);
  });

  it('keeps a refused code at its field, and takes the next', async () => {
    const { sent, onOver } = open({ [STEP]: (seen) => ((seen.body as { code: string }).code === '222222' ? signedIn() : refused(401, '2007', { reason: 'code_incorrect' })) });
    type('验证码', '111111');
    expect(await screen.findByText('refused 2007')).toBeTruthy();
    const field = screen.getByLabelText<HTMLInputElement>('验证码');
    expect([field.value, field.getAttribute('aria-invalid')]).toEqual(['111111', 'true']);
    type('验证码', '222222');
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(sent()).toHaveLength(2);
    expect(onOver).not.toHaveBeenCalled();
  });

  it('sends nothing of a code that is not whole', () => {
    const { sent } = open();
    type('验证码', '123');
    press('验证');
    expect(screen.getByText('请输入 6 位数字')).toBeTruthy();
    expect(sent()).toEqual([]);
  });

  it('takes a recovery code instead, and says what one looks like', async () => {
    const { sent } = open({ [STEP]: signedIn });
    press('改用恢复码');
    type('恢复码', 'short');
    press('验证');
    expect(screen.getByText('恢复码形如 xxxx-xxxx-xxxx-xxxx')).toBeTruthy();
    type('恢复码', ' abcd-efgh-jkmn-pqrs ');
    press('验证');
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(sent()).toEqual([{ method: 'recovery_code', challenge, code: 'abcd-efgh-jkmn-pqrs' }]);
  });

  it('asks for a passkey where that is what somebody has, and says what became of it', async () => {
    vi.mocked(askPasskey).mockRejectedValueOnce(new PasskeyFailure('cancelled')).mockResolvedValueOnce({ ...assertion });
    const { sent } = open({ [STEP]: signedIn }, { ...step, methods: ['passkey', 'recovery_code'] });
    press('用通行密钥继续');
    expect(await screen.findByText(/没有收到通行密钥/)).toBeTruthy();
    press('用通行密钥继续');
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(sent()).toEqual([{ method: 'passkey', challenge, response: assertion }]);
  });

  it('begins again where the server says that the challenge has ended, or its time is up', async () => {
    const { onOver } = open({ [STEP]: () => refused(401, '2003', { reason: 'challenge_ended' }) });
    type('验证码', '123456');
    await waitFor(() => expect(onOver).toHaveBeenCalledOnce());
    cleanup();
    vi.useFakeTimers();
    const late = open();
    act(() => vi.advanceTimersByTime(299_000));
    expect(late.onOver).not.toHaveBeenCalled();
    act(() => vi.advanceTimersByTime(1000));
    expect(late.onOver).toHaveBeenCalledOnce();
  });

  it('leads back to another account', () => {
    const { onBack } = open();
    press('换一个账号');
    expect(onBack).toHaveBeenCalledOnce();
  });
});
