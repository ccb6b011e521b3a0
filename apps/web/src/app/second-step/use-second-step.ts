import { useEffect, useState } from 'react';
import type { SecondStep, SecondStepInput, SecondStepMethod } from '@lyss/api-types';
import { ApiFailure, call } from '../../api/client.ts';
import { checkCookies, enterSession } from '../../session/start-session.ts';
import { askPasskey, canUsePasskeys, PasskeyFailure } from '../passkeys/ask-passkey.ts';
import { isOver } from './read-second-step.ts';

interface SecondStepUse {
  step: SecondStep;
  /** The challenge is too old, tried too often or used up. */
  onOver: () => void;
  /** Right before the session begins. */
  onSignedIn: (() => void) | undefined;
}

/** The ways that this person and this browser have, the usual one first. */
function listMethods({ methods, passkey_options }: SecondStep): SecondStepMethod[] {
  const order: SecondStepMethod[] = ['totp', 'passkey', 'recovery_code'];
  return order.filter((method) => methods.includes(method) && (method !== 'passkey' || (passkey_options !== null && canUsePasskeys())));
}

async function complete(body: SecondStepInput, onSignedIn: (() => void) | undefined): Promise<void> {
  const answer = await call('secondStep.complete', { body });
  await checkCookies();
  onSignedIn?.();
  enterSession(answer);
}

/** One sign-in's second step: by which way, what is under way, and what went wrong. */
export function useSecondStep({ step, onOver, onSignedIn }: SecondStepUse) {
  const methods = listMethods(step);
  const [method, setMethod] = useState<SecondStepMethod>(methods[0] ?? 'recovery_code');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | PasskeyFailure | null>(null);
  useEffect(() => {
    const timer = setTimeout(onOver, step.expires_in * 1000);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the clock belongs to the challenge, whoever is told of its end
  }, [step]);

  async function attempt(work: () => Promise<void>) {
    if (pending) return;
    setPending(true);
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure || thrown instanceof PasskeyFailure)) throw thrown;
      if (thrown instanceof ApiFailure && isOver(thrown)) onOver();
      else setFailure(thrown);
    } finally {
      setPending(false);
    }
  }
  const { challenge, passkey_options } = step;
  return {
    ...{ method, pending, failure, others: methods.filter((other) => other !== method) },
    choose: (other: SecondStepMethod) => {
      setFailure(null);
      setMethod(other);
    },
    forget: () => setFailure(null),
    sendCode: (code: string) => attempt(() => complete({ method: method === 'totp' ? 'totp' : 'recovery_code', challenge, code }, onSignedIn)),
    sendPasskey: () =>
      attempt(async () => {
        if (passkey_options === null) return;
        await complete({ method: 'passkey', challenge, response: await askPasskey(passkey_options) }, onSignedIn);
      }),
  };
}
