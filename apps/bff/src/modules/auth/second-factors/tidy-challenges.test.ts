import { Client } from 'pg';
import { expect, it } from 'vitest';
import { createTestApp } from '../../../../test/app.ts';
import { tidyChallenges } from './tidy-challenges.job.ts';

it('removes what ran out a day ago, and nothing that may still be used or counts', async () => {
  const app = await createTestApp();
  const superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
  const person = await app.signInAs('end_user', { enrolled: true });
  const begin = (path: string) => app.call('POST', path, { as: person });
  const count = async () => (await superuser.query(`select (select count(*)::int from factor_challenges) as own, (select count(*)::int from passkey_challenges) as open, (select count(*)::int from totp_factors) as totp`)).rows[0];
  for (let turn = 0; turn < 2; turn++) {
    await begin('/api/v1/auth/second-factors/passkeys/options');
    await app.call('POST', '/api/v1/auth/passkey/options');
    await begin('/api/v1/auth/second-factors/totp');
    if (turn === 0) for (const table of ['factor_challenges', 'passkey_challenges', 'totp_factors']) await superuser.query(`update ${table} set expires_at = now() - interval '25 hours'`);
  }
  // The owner's app and this person's count; beside them the newest that waits.
  expect(await count()).toEqual({ own: 2, open: 2, totp: 3 });
  await tidyChallenges(app.context.tenancy);
  expect(await count()).toEqual({ own: 1, open: 1, totp: 3 });
  await superuser.end();
  await app.close();
});
