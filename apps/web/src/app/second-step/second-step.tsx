import { useState, type FormEvent } from 'react';
import type { SecondStep } from '@lyss/api-types';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { CodeField, isWholeCode } from '../form/code-field.tsx';
import { TextField } from '../form/field.tsx';
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

// As the contract reads one: without case, spaces and hyphens.
const isRecoveryCode = (typed: string) => /^[a-z0-9][a-z0-9 -]{8,38}$/i.test(typed.trim());

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

function TotpStep({ use }: { use: Use }) {
  const t = useTexts('app');
  const say = usePasskeyWords();
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!isWholeCode(code));
    if (isWholeCode(code)) void use.sendCode(code);
  };
  const type = (typed: string) => {
    use.forget();
    setMissing(false);
    setCode(typed);
  };
  const error = say(use.failure) ?? (missing ? t(($) => $.second_step.code_missing) : undefined);
  return (
    <form className="second-step-form" noValidate onSubmit={submit}>
      <CodeField label={t(($) => $.second_step.code)} value={code} error={error} disabled={use.pending} autoFocus onValue={type} onWhole={(whole) => void use.sendCode(whole)} />
      <ActionButton type="submit" look="primary" size="large" pending={use.pending}>{t(($) => $.second_step.submit)}</ActionButton>
    </form>
  );
}

function RecoveryStep({ use }: { use: Use }) {
  const t = useTexts('app');
  const say = usePasskeyWords();
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!isRecoveryCode(code));
    if (isRecoveryCode(code)) void use.sendCode(code.trim());
  };
  const type = (typed: string) => {
    use.forget();
    setMissing(false);
    setCode(typed);
  };
  return (
    <form className="second-step-form" noValidate onSubmit={submit}>
      <TextField
        label={t(($) => $.second_step.recovery_code)}
        className="mono"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        autoFocus
        value={code}
        hint={t(($) => $.second_step.recovery_hint)}
        error={say(use.failure) ?? (missing ? t(($) => $.second_step.recovery_malformed) : undefined)}
        onValue={type}
      />
      <ActionButton type="submit" look="primary" size="large" pending={use.pending}>{t(($) => $.second_step.submit)}</ActionButton>
    </form>
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
