import { useState, type FormEvent } from 'react';
import type { TotpEnrolment } from '@lyss/api-types';
import { ApiFailure } from '../../../api/client.ts';
import { readReason } from '../../../api/failure.ts';
import { CodeField, isWholeCode } from '../../../app/form/code-field.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { useConfirmTotp, type Run } from './api.ts';
import { useFailureWords } from './say-failure.ts';
import { TotpKey } from './totp-key.tsx';

interface TotpSetupProps {
  enrolment: TotpEnrolment;
  run: Run;
  /** With the codes of a first factor; null with a further one. */
  onDone: (codes: string[] | null) => void;
  /** The key became too old before it was confirmed. */
  onRestart: () => void;
  onCancel: () => void;
}

const isTooLate = (failure: Error | null) => failure instanceof ApiFailure && readReason(failure) === 'challenge_ended';

/** The app's key, and one code of it: until then nothing counts, so that nobody is locked out by a key that was not kept. */
export function TotpSetup({ enrolment, run, onDone, onRestart, onCancel }: TotpSetupProps) {
  const t = useTexts('profile');
  const words = useTexts('app');
  const say = useFailureWords();
  const confirm = useConfirmTotp(run);
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const send = (whole: string) => !confirm.isPending && confirm.mutate(whole, { onSuccess: ({ recovery_codes }) => onDone(recovery_codes) });
  const type = (typed: string) => {
    confirm.reset();
    setMissing(false);
    setCode(typed);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!isWholeCode(code));
    if (isWholeCode(code)) send(code);
  };
  const error = say(confirm.error) ?? (missing ? words(($) => $.second_step.code_missing) : undefined);
  return (
    <form className="form-sheet" noValidate onSubmit={submit}>
      <TotpKey uri={enrolment.uri} secret={enrolment.secret} />
      <CodeField label={t(($) => $.factors.totp.code)} hint={t(($) => $.factors.totp.code_hint)} value={code} error={error} disabled={confirm.isPending} autoFocus onValue={type} onWhole={send} />
      <div className="form-end">
        <ActionButton size="large" onClick={onCancel}>{t(($) => $.factors.cancel)}</ActionButton>
        {isTooLate(confirm.error) ? (
          <ActionButton look="primary" size="large" onClick={onRestart}>{t(($) => $.factors.totp.restart)}</ActionButton>
        ) : (
          <ActionButton look="primary" size="large" type="submit" pending={confirm.isPending}>{t(($) => $.factors.totp.confirm)}</ActionButton>
        )}
      </div>
    </form>
  );
}
