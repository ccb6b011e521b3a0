import type { AuthenticationResponseJSON, PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/browser';

/** Why a passkey was neither made nor shown. `replaced`: this page asked again, and nobody need hear of it. */
export type PasskeyProblem = 'cancelled' | 'replaced' | 'already_here' | 'wrong_address' | 'unsupported' | 'failed';

/** The browser, the device or the person said no. */
export class PasskeyFailure extends Error {
  readonly problem: PasskeyProblem;
  constructor(problem: PasskeyProblem) {
    super(problem);
    this.name = 'PasskeyFailure';
    this.problem = problem;
  }
}

// WebAuthn Level 3 tells its refusals apart by DOMException names alone; a cancelled and an unanswered question are the same to it.
const problems: Record<string, PasskeyProblem> = {
  NotAllowedError: 'cancelled',
  AbortError: 'replaced',
  InvalidStateError: 'already_here',
  SecurityError: 'wrong_address',
  NotSupportedError: 'unsupported',
  ConstraintError: 'unsupported',
};

async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (thrown) {
    throw new PasskeyFailure((thrown instanceof Error && problems[thrown.name]) || 'failed');
  }
}

const load = () => import('@simplewebauthn/browser');

/** Whether this browser, at this address, can have passkeys: they need https or localhost, and a name instead of an IP address. */
export function canUsePasskeys(): boolean {
  return typeof globalThis.PublicKeyCredential === 'function' && !/^[\d.]+$|^\[/.test(location.hostname);
}

/** Whether the browser offers passkeys in the e-mail field's own list. */
export async function offersPasskeysInField(): Promise<boolean> {
  if (!canUsePasskeys()) return false;
  return (await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false)) ?? false;
}

/** Makes a passkey on this device or another. Throws PasskeyFailure. */
export async function createPasskey(optionsJSON: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await load();
  return ask(() => startRegistration({ optionsJSON }));
}

/** Asks for a passkey: in the browser's own dialog, or, `in_field`, quietly in the e-mail field's list until one is chosen. Throws PasskeyFailure. */
export async function askPasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON, { in_field = false } = {}): Promise<AuthenticationResponseJSON> {
  const { startAuthentication } = await load();
  return ask(() => startAuthentication({ optionsJSON, useBrowserAutofill: in_field }));
}

/** Ends a question that nobody waits for any more. */
export function forgetQuestion(): void {
  void load().then(({ WebAuthnAbortService }) => WebAuthnAbortService.cancelCeremony());
}
