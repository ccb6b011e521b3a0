import { generate } from 'otplib';
import type { Answer, BareApp, TestPerson } from './app.ts';
import { createAuthenticator, type SoftwareAuthenticator } from './authenticator.ts';

type Call = BareApp['call'];
/** Whose session changes the factors: a script's token, or a browser's own call. */
type As = { as?: TestPerson };
const OWN = '/api/v1/auth/second-factors';
const STEP_S = 30;

const must = (answer: Answer, status: number) => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.data;
};

/** Registers a passkey for whoever calls; answers the authenticator that holds it, and the codes that came with a first factor. */
export async function enrolPasskey(call: Call, options: As = {}, authenticator = createAuthenticator()): Promise<{ authenticator: SoftwareAuthenticator; passkey_id: string; recovery_codes: string[] | null }> {
  const wanted = must(await call('POST', `${OWN}/passkeys/options`, options), 200);
  const made = must(await call('POST', `${OWN}/passkeys`, { ...options, body: { name: 'Laptop', response: authenticator.create(wanted) } }), 201);
  return { authenticator, passkey_id: made.passkey.id, recovery_codes: made.recovery_codes };
}

/** An authenticator app. `code` says the digits of now, or of a step beside it. */
export interface CodeApp {
  secret: string;
  code(steps?: number): Promise<string>;
}

/** Sets up an authenticator app, confirmed by the code of now: `code(1)`, the next step's, is left to sign in with. */
export async function enrolTotp(call: Call, options: As = {}): Promise<{ app: CodeApp; recovery_codes: string[] | null }> {
  const { secret } = must(await call('POST', `${OWN}/totp`, options), 201);
  const code = (steps = 0) => generate({ secret, epoch: Math.floor(Date.now() / 1_000) + steps * STEP_S });
  const { recovery_codes } = must(await call('POST', `${OWN}/totp/confirm`, { ...options, body: { code: await code() } }), 200);
  return { app: { secret, code }, recovery_codes };
}
