import { generate } from 'otplib';
import type { Api } from '../api.ts';

const STEP_S = 30;

/** What an authenticator app shows for a key: the code of now, or of a step of 30 seconds beside it. Each works once. */
export function showCode(secret: string, steps = 0): Promise<string> {
  return generate({ secret: secret.replaceAll(' ', ''), epoch: Math.floor(Date.now() / 1000) + steps * STEP_S });
}

/** Sets up an authenticator app for whoever is signed in; the code of now is used up by it. */
export async function enrol(person: Api): Promise<{ secret: string; recovery_codes: string[] }> {
  const { secret } = await person.call('secondFactors.startTotp');
  const { recovery_codes } = await person.call('secondFactors.confirmTotp', { body: { code: await showCode(secret) } });
  return { secret, recovery_codes: recovery_codes ?? [] };
}
