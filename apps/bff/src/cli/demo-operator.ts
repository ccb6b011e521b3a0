import { generate } from 'otplib';
import type { Context } from '../context.ts';
import { clearSecondFactors } from '../modules/users/reset-second-factors.ts';
import type { DemoClient } from './demo-client.ts';

const OWN = '/api/v1/auth/second-factors';

/** Sets up an authenticator app for the operator, who makes tenants with a second factor alone. */
export async function enrolOperator(client: DemoClient, token: string): Promise<void> {
  const { secret } = (await client.send('POST', `${OWN}/totp`, { token })) as { secret: string };
  await client.send('POST', `${OWN}/totp/confirm`, { token, body: { code: await generate({ secret }) } });
}

/** Takes it away again: whoever tries the demo signs in with the printed password, and may set up one of their own. */
export async function releaseOperator(client: DemoClient, { tenancy }: Context, token: string): Promise<void> {
  const me = (await client.send('GET', '/api/v1/auth/me', { token })) as { id: string; name: string; tenant: { id: string } };
  const who = { actor: { user_id: me.id, name: me.name }, caller: { request_id: 'demo', address: '127.0.0.1' } };
  await tenancy.withTenant(me.tenant.id, (db) => clearSecondFactors(db, me.id, 'Demo', who));
}
