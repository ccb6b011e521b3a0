import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { ProofInput, SecondFactors } from '@lyss/api-types';
import { call } from '../../../api/client.ts';
import { CodeField, isWholeCode } from '../../../app/form/code-field.tsx';
import { PasswordField } from '../../../app/form/password-field.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { askPasskey, canUsePasskeys } from '../../../app/passkeys/ask-passkey.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useFailureWords } from './say-failure.ts';

type Method = ProofInput['method'];

interface ProofDialogProps {
  /** What I have; unknown while it is still being read. */
  factors: SecondFactors | undefined;
  onProved: (fresh_until: string) => void;
  onClose: () => void;
}

/** By what I can prove who I am, what is quickest first. */
function listMethods(factors: SecondFactors | undefined): Method[] {
  const passkey = factors !== undefined && factors.passkeys.length > 0 && factors.passkeys_possible && canUsePasskeys();
  return [...(passkey ? (['passkey'] as const) : []), ...(factors?.totp ? (['totp'] as const) : []), 'password'];
}

async function prove({ method, typed }: { method: Method; typed: string }): Promise<string> {
  const body: ProofInput =
    method === 'passkey' ? { method, response: await askPasskey(await call('secondFactors.proofOptions')) } : method === 'totp' ? { method, code: typed } : { method, password: typed };
  return (await call('secondFactors.prove', { body })).fresh_until;
}

/** What is typed to prove it, by which way, and what came of the last try. */
function useProving(factors: SecondFactors | undefined, onProved: (fresh_until: string) => void) {
  const methods = listMethods(factors);
  const [method, setMethod] = useState<Method>(methods[0] ?? 'password');
  const [typed, setTyped] = useState('');
  const proof = useMutation<string, Error, { method: Method; typed: string }>({ mutationFn: prove, onSuccess: onProved });
  const type = (value: string) => {
    proof.reset();
    setTyped(value);
  };
  return {
    ...{ method, typed, type, others: methods.filter((other) => other !== method), pending: proof.isPending, failure: proof.error },
    send: (value = typed) => {
      const sound = method === 'passkey' || (method === 'totp' ? isWholeCode(value) : value !== '');
      if (sound && !proof.isPending) proof.mutate({ method, typed: value });
    },
    choose: (other: Method) => {
      type('');
      setMethod(other);
    },
  };
}

/** Asks again who it is, since somebody may have found an open browser; for some minutes afterwards nothing asks. */
export function ProofDialog({ factors, onProved, onClose }: ProofDialogProps) {
  const t = useTexts('profile');
  const words = useTexts('app');
  const say = useFailureWords();
  const form = useId();
  const { method, typed, type, others, pending, failure, send, choose } = useProving(factors, onProved);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const error = say(failure);
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.factors.cancel)}</ActionButton>
      <ActionButton look="primary" type="submit" form={form} pending={pending}>{method === 'passkey' ? words(($) => $.second_step.passkey) : words(($) => $.second_step.submit)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.factors.proof.title)} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.factors.proof.line)}</p>
      <form id={form} noValidate onSubmit={submit}>
        {method === 'totp' ? <CodeField label={words(($) => $.second_step.code)} value={typed} error={error} disabled={pending} autoFocus onValue={type} onWhole={send} /> : null}
        {method === 'password' ? <PasswordField label={t(($) => $.security.current)} autoComplete="current-password" autoFocus value={typed} error={error} onValue={type} /> : null}
      </form>
      {method === 'passkey' ? <InlineError>{error}</InlineError> : null}
      <div className="factor-ways">
        {others.map((other) => <ActionButton key={other} look="quiet" size="small" disabled={pending} onClick={() => choose(other)}>{t(($) => $.factors.proof.by[other])}</ActionButton>)}
      </div>
    </Dialog>
  );
}
