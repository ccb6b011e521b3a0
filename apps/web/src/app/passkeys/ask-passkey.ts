import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import type { PasskeyAssertion, PasskeyCreationOptions, PasskeyRegistration, PasskeyRequestOptions } from '@lyss/api-types';

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

// The contract parses these options on their way out; the library's types only know nothing of exact optional members.
const toCreation = (options: PasskeyCreationOptions) => options as PublicKeyCredentialCreationOptionsJSON;
const toRequest = (options: PasskeyRequestOptions) => options as PublicKeyCredentialRequestOptionsJSON;

/** Makes a passkey on this device or another. Throws PasskeyFailure. */
export async function createPasskey(options: PasskeyCreationOptions): Promise<PasskeyRegistration> {
  const { startRegistration } = await load();
  return { ...(await ask(() => startRegistration({ optionsJSON: toCreation(options) }))), clientExtensionResults: {} };
}

/** Asks for a passkey: in the browser's own dialog, or, `in_field`, quietly in the e-mail field's list until one is chosen. Throws PasskeyFailure. */
export async function askPasskey(options: PasskeyRequestOptions, { in_field = false } = {}): Promise<PasskeyAssertion> {
  const { startAuthentication } = await load();
  return { ...(await ask(() => startAuthentication({ optionsJSON: toRequest(options), useBrowserAutofill: in_field }))), clientExtensionResults: {} };
}

/** Ends a question that nobody waits for any more. */
export function forgetQuestion(): void {
  void load().then(({ WebAuthnAbortService }) => WebAuthnAbortService.cancelCeremony());
}
