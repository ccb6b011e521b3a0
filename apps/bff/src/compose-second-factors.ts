import type { Config } from './config.ts';
import type { PasswordHasher } from './crypto/password.ts';
import type { Vault } from './crypto/vault.ts';
import type { Tenancy } from './db/tenancy.ts';
import type { Route } from './http/route.ts';
import type { Actors } from './modules/auth/actors.ts';
import type { Refusals } from './modules/auth/refusals.ts';
import { welcomeWith } from './modules/auth/routes.ts';
import { createBeginSecondStep } from './modules/auth/second-factors/begin-second-step.ts';
import { completeSecondStep } from './modules/auth/second-factors/complete-second-step.ts';
import { beginPasskeySignIn, signInWithPasskey } from './modules/auth/second-factors/passkey-sign-in.ts';
import { choosePasskeySite } from './modules/auth/second-factors/passkey-site.ts';
import { secondFactorRoutes, secondStepRoutes } from './modules/auth/second-factors/routes.ts';
import { createSecondFactorService } from './modules/auth/second-factors/service.ts';
import type { AuthPorts, AuthService } from './modules/auth/service.ts';
import type { StartSession } from './modules/auth/start-session.ts';
import type { AttemptLimit } from './modules/auth/throttle.ts';

interface Given {
  config: Pick<Config, 'public_url' | 'secure_cookies'>;
  tenancy: Tenancy;
  vault: Vault;
  hasher: PasswordHasher;
  refusals: Refusals;
  actors: Actors;
  startSession: StartSession;
  /** Of sign-ins' second steps. */
  attempts: AttemptLimit;
  /** Of proofs by people who are signed in. */
  proofs: AttemptLimit;
}

/** Second factors: what signing in asks of them, and their people's own routes. */
export function composeSecondFactors({ config, ...given }: Given) {
  const site = choosePasskeySite(config);
  const ports = { ...given, site };
  const forSignIn: Pick<AuthPorts, 'beginSecondStep' | 'completeSecondStep'> = {
    beginSecondStep: createBeginSecondStep(site),
    completeSecondStep: (step, carrier, caller) => completeSecondStep(ports, step, carrier, caller),
  };
  const listRoutes = (auth: AuthService): Route[] => [
    ...secondFactorRoutes(createSecondFactorService(ports)),
    ...secondStepRoutes({
      complete: (step, caller) => completeSecondStep(ports, step, 'cookie', caller),
      beginPasskey: () => beginPasskeySignIn(ports),
      signInWithPasskey: (response, caller) => signInWithPasskey(ports, response, caller),
      welcome: welcomeWith(auth),
    }),
  ];
  return { ports: forSignIn, are_passkeys_possible: site !== null, listRoutes };
}
