import { useState, type FormEvent, type ReactNode } from 'react';
import type { SecondStep } from '@lyss/api-types';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { CodeField, isWholeCode } from '../form/code-field.tsx';
import { isRecoveryCode, RecoveryCodeField } from '../form/recovery-code-field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { usePasskeyWords } from '../passkeys/use-passkey-words.ts';
import { useSecondStep } from './use-second-step.ts';
import './second-step.css';

interface SecondStepFormProps {
  step: SecondStep;
  onOver: () => void;
  onBack: () => void;
  onSignedIn?: () => void;
}

type Use = ReturnType<typeof useSecondStep>;

/** After the right password: a code, a passkey or a recovery code, whichever the person has; what was typed stays when it is refused. */
export function SecondStepForm({ step, onOver, onBack, onSignedIn }: SecondStepFormProps) {
  const t = useTexts('app');
  const use = useSecondStep({ step, onOver, onSignedIn });
  return (
    <section className="visitor-form" aria-labelledby="second-step-title">
      <h1 id="second-step-title">{t(($) => $.second_step.title)}</h1>
      <p className="visitor-line">{t(($) => $.second_step.line[use.method])}</p>
      {use.method === 'totp' ? <TotpStep use={use} /> : use.method === 'passkey' ? <PasskeyStep use={use} /> : <RecoveryStep use={use} />}
      <div className="second-step-others">
        {use.others.map((other) => <ActionButton key={other} look="quiet" disabled={use.pending} onClick={() => use.choose(other)}>{t(($) => $.second_step.use[other])}</ActionButton>)}
        <ActionButton look="quiet" onClick={onBack}>{t(($) => $.second_step.back)}</ActionButton>
      </div>
    </section>
  );
}

/** What is typed of a code, and what came of it; one that can't be whole is not sent. */
function useTypedCode(use: Use, isWhole: (typed: string) => boolean, malformed: string) {
  const say = usePasskeyWords();
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  return {
    code,
    error: say(use.failure) ?? (missing ? malformed : undefined),
    submit(event: FormEvent) {
      event.preventDefault();
      setMissing(!isWhole(code));
      if (isWhole(code)) void use.sendCode(code.trim());
    },
    type(typed: string) {
      use.forget();
      setMissing(false);
      setCode(typed);
    },
  };
}

function CodeForm({ use, onSubmit, children }: { use: Use; onSubmit: (event: FormEvent) => void; children: ReactNode }) {
  const t = useTexts('app');
  return (
    <form className="second-step-form" noValidate onSubmit={onSubmit}>
      {children}
      <ActionButton type="submit" look="primary" size="large" pending={use.pending}>{t(($) => $.second_step.submit)}</ActionButton>
    </form>
  );
}

function TotpStep({ use }: { use: Use }) {
  const t = useTexts('app');
  const { code, error, submit, type } = useTypedCode(use, isWholeCode, t(($) => $.second_step.code_missing));
  return (
    <CodeForm use={use} onSubmit={submit}>
      <CodeField label={t(($) => $.second_step.code)} value={code} error={error} disabled={use.pending} autoFocus onValue={type} onWhole={(whole) => void use.sendCode(whole)} />
    </CodeForm>
  );
}

function RecoveryStep({ use }: { use: Use }) {
  const t = useTexts('app');
  const { code, error, submit, type } = useTypedCode(use, isRecoveryCode, t(($) => $.second_step.recovery_malformed));
  return (
    <CodeForm use={use} onSubmit={submit}>
      <RecoveryCodeField value={code} error={error} disabled={use.pending} onValue={type} />
    </CodeForm>
  );
}

function PasskeyStep({ use }: { use: Use }) {
  const t = useTexts('app');
  const say = usePasskeyWords();
  return (
    <div className="second-step-form">
      <InlineError>{say(use.failure)}</InlineError>
      <ActionButton look="primary" size="large" pending={use.pending} autoFocus onClick={() => void use.sendPasskey()}>{t(($) => $.second_step.passkey)}</ActionButton>
    </div>
  );
}
