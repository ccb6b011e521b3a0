import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, SecondFactors } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { createPasskey } from '../../../app/passkeys/ask-passkey.ts';
import { renderPage } from '../../../app/test-page.tsx';
import { rememberPerson, useSession } from '../../../session/session-store.ts';
import { SecondFactorSection } from './second-factor-section.tsx';

// A browser's own dialog, which no test page has.
vi.mock('../../../app/passkeys/ask-passkey.ts', async (original) => ({ ...(await original<typeof import('../../../app/passkeys/ask-passkey.ts')>()), canUsePasskeys: () => true, createPasskey: vi.fn() }));

const BASE = '/api/v1/auth/second-factors';
const at = '2026-11-01T08:00:00.000Z';
const later = () => new Date(Date.now() + 300_000).toISOString();
const nothing = (): SecondFactors => ({ enrolled: false, demanded: false, totp: null, passkeys: [], recovery_codes: null, passkeys_possible: true, proof_methods: ['password'], fresh_until: later() });
const laptop = { id: 'p1', name: 'Laptop', is_synced: false, created_at: at, last_used_at: null, version: 4 };
const codes = Array.from({ length: 10 }, (_, index) => `aaaa-bbbb-cccc-dd${index}0`);
const enrolment = { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Lyss:lin?secret=JBSWY3DPEHPK3PXP&issuer=Lyss', expires_at: at };
const registration = { id: 'a', rawId: 'a', type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: 'x', attestationObject: 'x' } } as const;

function open(factors: SecondFactors, answers: Parameters<typeof serve>[0] = {}) {
  const me = person(['chat.use'], { second_factor: { enrolled: true, demanded: false, withheld: 'nothing' } });
  const calls = serve({ [`GET ${BASE}`]: () => ok(factors), 'GET /api/v1/auth/me': () => ok(me), ...answers });
  renderPage(<SecondFactorSection />);
  return { writes: () => calls.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => [method, path.replace(BASE, ''), body]) };
}
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));

beforeAll(() => startTestTexts('zh-CN', 'profile'));
beforeEach(() => rememberPerson(person() as Me));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('an authenticator app', () => {
  const answers = {
    [`POST ${BASE}/totp`]: () => ok(enrolment, 201),
    [`POST ${BASE}/totp/confirm`]: ({ body }: { body: unknown }) =>
      (body as { code: string }).code === '111111' ? refused(400, '1001', { issues: [{ path: 'code', code: 'code_incorrect', message: '不对' }] }) : ok({ second_factors: nothing(), recovery_codes: codes }),
  };

  it('is shown as picture and text, confirmed by a code, and ends with the recovery codes, once', async () => {
    const { writes } = open(nothing(), answers);
    await press('设置验证器应用');
    const drawer = await screen.findByRole('dialog', { name: '设置验证器应用' });
    expect(within(drawer).getByRole('img', { name: /二维码/ }).querySelector('path')?.getAttribute('d')).toMatch(/^M/);
    expect(within(drawer).getByText('JBSW Y3DP EHPK 3PXP')).toBeTruthy();
    const field = screen.getByLabelText<HTMLInputElement>('应用显示的 6 位数字');
    fireEvent.change(field, { target: { value: '111111' } });
    expect(await screen.findByText('不对')).toBeTruthy();
    expect(field.value).toBe('111111');
    fireEvent.change(field, { target: { value: '222222' } });
    const shown = await screen.findByRole('list', { name: '恢复码' });
    expect(within(shown).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(codes);
    const done = screen.getByRole<HTMLButtonElement>('button', { name: '完成' });
    expect(done.disabled).toBe(true);
    fireEvent.click(screen.getByLabelText('我已经保存好了'));
    fireEvent.click(done);
    await waitFor(() => expect(screen.queryByText(codes[0] ?? '')).toBeNull());
    expect(writes().map(([, path]) => path)).toEqual(['/totp', '/totp/confirm', '/totp/confirm']);
    expect(useSession.getState().me?.second_factor.enrolled).toBe(true);
  });

  it('asks first who it is where that was proved too long ago, and then goes on by itself', async () => {
    const { writes } = open({ ...nothing(), fresh_until: null }, {
      ...answers,
      [`POST ${BASE}/proof`]: ({ body }) => ((body as { password: string }).password === 'right' ? ok({ fresh_until: later() }) : refused(401, '2006', { reason: 'proof_password', issues: [{ path: 'password', code: 'password_incorrect', message: '密码不对' }] })),
    });
    await press('设置验证器应用');
    const question = await screen.findByRole('dialog', { name: '请再次确认是你本人' });
    const field = within(question).getByLabelText('当前密码');
    fireEvent.change(field, { target: { value: 'wrong' } });
    fireEvent.click(within(question).getByRole('button', { name: '验证' }));
    expect(await screen.findByText('密码不对')).toBeTruthy();
    fireEvent.change(field, { target: { value: 'right' } });
    fireEvent.click(within(question).getByRole('button', { name: '验证' }));
    expect(await screen.findByRole('dialog', { name: '设置验证器应用' })).toBeTruthy();
    expect(screen.queryByRole('dialog', { name: '请再次确认是你本人' })).toBeNull();
    expect(writes().map(([, path]) => path)).toEqual(['/proof', '/proof', '/totp']);
  });

  it('asks for what is a proof, and never for the password beside a factor', async () => {
    const held: SecondFactors = { ...nothing(), enrolled: true, totp: { created_at: at, last_used_at: at }, recovery_codes: { left: 4, created_at: at }, proof_methods: ['totp', 'recovery_code'], fresh_until: null };
    const { writes } = open(held, {
      [`POST ${BASE}/proof`]: ({ body }) => ((body as { method: string }).method === 'recovery_code' ? ok({ fresh_until: later() }) : refused(400, '1001', { issues: [{ path: 'code', code: 'code_incorrect', message: '不对' }] })),
      [`POST ${BASE}/recovery-codes`]: () => ok({ recovery_codes: codes }),
    });
    await press('换一组新的');
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: '换一组新的' }));
    fireEvent.change(await screen.findByLabelText('验证码'), { target: { value: '111111' } });
    expect(await screen.findByText('不对')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '改用密码' })).toBeNull();
    await press('改用恢复码');
    fireEvent.change(screen.getByLabelText('恢复码'), { target: { value: ' abcd-efgh-jkmn-pqrs ' } });
    await press('验证');
    expect(await screen.findByText(codes[0] ?? '')).toBeTruthy();
    expect(writes()).toEqual([['POST', '/proof', { method: 'totp', code: '111111' }], ['POST', '/proof', { method: 'recovery_code', code: 'abcd-efgh-jkmn-pqrs' }], ['POST', '/recovery-codes', {}]]);
  });

  it('says to sign in anew where nothing here is a proof', async () => {
    const { writes } = open({ ...nothing(), proof_methods: [], fresh_until: null });
    await press('设置验证器应用');
    const question = await screen.findByRole('dialog', { name: '请再次确认是你本人' });
    expect(within(question).getByText(/重新登录/)).toBeTruthy();
    expect(within(question).getByRole('button', { name: '退出登录' })).toBeTruthy();
    expect(writes()).toEqual([]);
  });

  it('leaves everything as it was where the question is closed, and calls that no error', async () => {
    const { writes } = open({ ...nothing(), fresh_until: null });
    await press('设置验证器应用');
    const question = await screen.findByRole('dialog', { name: '请再次确认是你本人' });
    fireEvent.click(within(question).getByRole('button', { name: '取消' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '设置验证器应用' }).disabled).toBe(false);
    expect(screen.queryAllByRole('alert').map(({ textContent }) => textContent).join('')).toBe('');
    expect(writes()).toEqual([]);
  });
});

describe('passkeys', () => {
  it('are added under a name that the device suggests', async () => {
    vi.mocked(createPasskey).mockResolvedValueOnce({ ...registration });
    vi.stubGlobal('navigator', Object.create(navigator, { userAgent: { value: 'Mozilla/5.0 (Windows NT 10.0) Firefox/133.0' } }));
    const { writes } = open(nothing(), { [`POST ${BASE}/passkeys/options`]: () => ok({}), [`POST ${BASE}/passkeys`]: () => ok({ passkey: laptop, second_factors: nothing(), recovery_codes: codes }, 201) });
    await press('添加通行密钥');
    expect((await screen.findByLabelText<HTMLInputElement>('名称')).value).toBe('Windows 上的 Firefox');
    await press('继续');
    expect(await screen.findByText(codes[9] ?? '')).toBeTruthy();
    expect(writes().at(-1)).toEqual(['POST', '/passkeys', { name: 'Windows 上的 Firefox', response: registration }]);
  });

  it('are renamed against the version that was read, and removed by name', async () => {
    const { writes } = open({ ...nothing(), enrolled: true, passkeys: [laptop] }, { [`PATCH ${BASE}/passkeys/p1`]: () => ok({ ...laptop, name: 'Work' }), [`DELETE ${BASE}/passkeys/p1`]: () => new Response(null, { status: 204 }) });
    await press('重命名 Laptop');
    fireEvent.change(screen.getByLabelText('名称'), { target: { value: ' Work ' } });
    await press('保存');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await press('移除 Laptop');
    const question = await screen.findByRole('alertdialog', { name: '移除 Laptop？' });
    fireEvent.click(within(question).getByRole('button', { name: '移除' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(writes()).toEqual([['PATCH', '/passkeys/p1', { name: 'Work' }], ['DELETE', '/passkeys/p1', undefined]]);
  });

  it('stay where it is the last factor of somebody who must have one, and it says so', async () => {
    open({ ...nothing(), enrolled: true, demanded: true, passkeys: [laptop] });
    expect(await screen.findByText(/必须保留至少一种/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '移除 Laptop' }).disabled).toBe(true);
  });

  it('are not offered where the platform has no name, and it says why', async () => {
    open({ ...nothing(), passkeys_possible: false });
    expect(await screen.findByText(/平台的地址是 IP/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '添加通行密钥' })).toBeNull();
  });
});

describe('recovery codes', () => {
  it.each([[4, false], [3, true]])('%d left: a warning? %s', async (left, warns) => {
    open({ ...nothing(), enrolled: true, totp: { created_at: at, last_used_at: at }, recovery_codes: { left, created_at: at } });
    expect(await screen.findByText(new RegExp(`还剩 ${left} 个`))).toBeTruthy();
    expect(screen.queryByText('快用完了，请换一组新的') !== null).toBe(warns);
  });

  it('are made anew once that was confirmed', async () => {
    const { writes } = open({ ...nothing(), enrolled: true, recovery_codes: { left: 2, created_at: at } }, { [`POST ${BASE}/recovery-codes`]: () => ok({ recovery_codes: codes }) });
    await press('换一组新的');
    expect(writes()).toEqual([]);
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: '换一组新的' }));
    expect(await screen.findByText(codes[0] ?? '')).toBeTruthy();
  });
});
