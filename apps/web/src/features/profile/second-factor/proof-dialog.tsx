import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { ProofInput, ProofMethod, SecondFactors } from '@lyss/api-types';
import { call } from '../../../api/client.ts';
import { CodeField, isWholeCode } from '../../../app/form/code-field.tsx';
import { PasswordField } from '../../../app/form/password-field.tsx';
import { isRecoveryCode, RecoveryCodeField } from '../../../app/form/recovery-code-field.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { askPasskey, canUsePasskeys } from '../../../app/passkeys/ask-passkey.ts';
import { leaveSession } from '../../../session/start-session.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useFailureWords } from './say-failure.ts';

interface ProofDialogProps {
  factors: SecondFactors;
  onProved: (fresh_until: string) => void;
  onClose: () => void;
}

/** By what I can prove who I am in this browser, what is quickest first. */
const listMethods = ({ proof_methods }: SecondFactors) => proof_methods.filter((method) => method !== 'passkey' || canUsePasskeys());

async function prove({ method, typed }: { method: ProofMethod; typed: string }): Promise<string> {
  return (await call('secondFactors.prove', { body: await describeProof(method, typed) })).fresh_until;
}

async function describeProof(method: ProofMethod, typed: string): Promise<ProofInput> {
  if (method === 'passkey') return { method, response: await askPasskey(await call('secondFactors.proofOptions')) };
  return method === 'password' ? { method, password: typed } : { method, code: typed.trim() };
}

const isSound: Record<ProofMethod, (typed: string) => boolean> = { passkey: () => true, totp: isWholeCode, recovery_code: isRecoveryCode, password: (typed) => typed !== '' };

/** What is typed to prove it, by which way, and what came of the last try. */
function useProving(methods: ProofMethod[], first: ProofMethod, onProved: (fresh_until: string) => void) {
  const [method, setMethod] = useState(first);
  const [typed, setTyped] = useState('');
  const proof = useMutation<string, Error, { method: ProofMethod; typed: string }>({ mutationFn: prove, onSuccess: onProved });
  const type = (value: string) => {
    proof.reset();
    setTyped(value);
  };
  return {
    ...{ method, typed, type, others: methods.filter((other) => other !== method), pending: proof.isPending, failure: proof.error },
    send: (value = typed) => {
      if (isSound[method](value) && !proof.isPending) proof.mutate({ method, typed: value });
    },
    choose: (other: ProofMethod) => {
      type('');
      setMethod(other);
    },
  };
}

/** Asks again who it is, since somebody may have found an open browser; for some minutes afterwards nothing asks. */
export function ProofDialog(props: ProofDialogProps) {
  const methods = listMethods(props.factors);
  const [first] = methods;
  return first ? <Ask {...props} methods={methods} first={first} /> : <AskToSignIn {...props} />;
}

function Ask({ methods, first, onProved, onClose }: ProofDialogProps & { methods: ProofMethod[]; first: ProofMethod }) {
  const t = useTexts('profile');
  const words = useTexts('app');
  const say = useFailureWords();
  const form = useId();
  const { method, typed, type, others, pending, failure, send, choose } = useProving(methods, first, onProved);
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
        {method === 'recovery_code' ? <RecoveryCodeField value={typed} error={error} disabled={pending} onValue={type} /> : null}
        {method === 'password' ? <PasswordField label={t(($) => $.security.current)} autoComplete="current-password" autoFocus value={typed} error={error} onValue={type} /> : null}
      </form>
      {method === 'passkey' ? <InlineError>{error}</InlineError> : null}
      <div className="factor-ways">
        {others.map((other) => <ActionButton key={other} look="quiet" size="small" disabled={pending} onClick={() => choose(other)}>{t(($) => $.factors.proof.by[other])}</ActionButton>)}
      </div>
    </Dialog>
  );
}

/** Nothing here is a proof: signing in anew is one, or what this browser can't show is shown in another. */
function AskToSignIn({ factors, onClose }: ProofDialogProps) {
  const t = useTexts('profile');
  const leave = () => void leaveSession().catch(() => undefined);
  const isElsewhere = factors.proof_methods.length > 0;
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.factors.cancel)}</ActionButton>
      {isElsewhere ? null : <ActionButton look="primary" onClick={leave}>{t(($) => $.factors.enrol.sign_out)}</ActionButton>}
    </>
  );
  return (
    <Dialog title={t(($) => $.factors.proof.title)} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{isElsewhere ? t(($) => $.factors.passkeys.no_browser) : t(($) => $.factors.proof.sign_in)}</p>
    </Dialog>
  );
}
