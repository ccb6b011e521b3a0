import type { Api } from '../api.ts';
import { readCode } from './totp.ts';

/** Sets up an authenticator app for whoever is signed in; the code of now is used up by it. */
export async function enrol(person: Api): Promise<void> {
  const { secret } = await person.call('secondFactors.startTotp');
  await person.call('secondFactors.confirmTotp', { body: { code: readCode(secret) } });
}
