import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, serve } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { Root } from '../../../app/root.tsx';
import { rememberPerson } from '../../../session/session-store.ts';

// The console is what comes after; loading all of it here would only cost time.
vi.mock('../../../app/load-console.ts', () => ({ loadConsole: async () => ({ default: () => <p>the console</p> }) }));

const BASE = '/api/v1/auth/second-factors';
const codes = ['aaaa-bbbb-cccc-dddd'];
const factors = { enrolled: false, demanded: true, totp: null, passkeys: [], recovery_codes: null, passkeys_possible: true, proof_methods: ['password'], fresh_until: '2999-01-01T00:00:00.000Z' };

beforeAll(() => startTestTexts('zh-CN', 'profile'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('comes before the console where the tenant demands a second factor, and lets nobody pass its recovery codes unseen', async () => {
  const before = person([], { second_factor: { enrolled: false, demanded: true, withheld: 'everything' } });
  let me = before;
  serve({
    [`GET ${BASE}`]: () => ok({ ...factors, enrolled: me !== before }),
    'GET /api/v1/auth/me': () => ok(me),
    [`POST ${BASE}/totp`]: () => ok({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x', expires_at: '2999-01-01T00:00:00.000Z' }, 201),
    [`POST ${BASE}/totp/confirm`]: () => {
      me = person(['chat.use'], { second_factor: { enrolled: true, demanded: true, withheld: 'nothing' } });
      return ok({ second_factors: factors, recovery_codes: codes });
    },
  });
  history.replaceState(null, '', '/chat?model=paper');
  rememberPerson(before as unknown as Me);
  render(<Suspense fallback={null}><Root /></Suspense>);
  expect(await screen.findByRole('heading', { level: 1, name: '请先设置两步验证' })).toBeTruthy();
  expect(screen.getByText(/云栖科技 要求登录时再确认一步/)).toBeTruthy();
  fireEvent.click(await screen.findByRole('button', { name: /^验证器应用/ }));
  fireEvent.change(await screen.findByLabelText('应用显示的 6 位数字'), { target: { value: '123456' } });
  expect(await screen.findByText(codes[0] ?? '')).toBeTruthy();
  expect(screen.queryByText('the console')).toBeNull();
  fireEvent.click(screen.getByLabelText('我已经保存好了'));
  fireEvent.click(screen.getByRole('button', { name: '完成' }));
  expect(await screen.findByText('the console')).toBeTruthy();
  await waitFor(() => expect(location.pathname + location.search).toBe('/chat?model=paper'));
});
