import { expect, it, vi } from 'vitest';
import type { Tenancy } from '../../db/tenancy.ts';
import { createRefusals } from './refusals.ts';

const person = { tenant_id: 't', user_id: 'u' };
const caller = { request_id: 'r', address: '192.0.2.1', user_agent: '', locale: 'en-US' as const };

it('hands back at once, and closes only when everything is written', async () => {
  let finish: () => void = () => undefined;
  const withTenant = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const refusals = createRefusals({ withTenant } as Partial<Tenancy> as Tenancy, () => expect.unreachable());
  refusals.record(person, caller, 'password_incorrect');
  const closed = vi.fn();
  const closing = refusals.close().then(closed);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(closed).not.toHaveBeenCalled();
  finish();
  await closing;
  expect(withTenant).toHaveBeenCalledOnce();
});

it('says what could not be written, and goes on', async () => {
  const onError = vi.fn();
  const away = new Error('away');
  const refusals = createRefusals({ withTenant: () => Promise.reject(away) } as Partial<Tenancy> as Tenancy, onError);
  refusals.recordFound(async () => [person], caller, 'account_locked');
  await refusals.close();
  expect(onError).toHaveBeenCalledExactlyOnceWith(away);
});
