import { useState } from 'react';
import type { SecondFactors } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { FormDrawer } from '../../../ui/overlay/form-drawer.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useRemoveTotp, useStartTotp, type Run } from './api.ts';
import { ConfirmRemove } from './confirm-remove.tsx';
import { FactorRow } from './factor-row.tsx';
import { FactorTimes } from './factor-times.tsx';
import { useFailureWords } from './say-failure.ts';
import { TotpSetup } from './totp-setup.tsx';

interface TotpRowProps {
  factors: SecondFactors;
  /** It is the last factor of somebody who must have one. */
  mustStay: boolean;
  run: Run;
  onCodes: (codes: string[]) => void;
}

/** The authenticator app: set up, or since when and when last used. */
export function TotpRow({ factors: { totp }, mustStay, run, onCodes }: TotpRowProps) {
  const t = useTexts('profile');
  const frame = useTexts('app');
  const say = useFailureWords();
  const start = useStartTotp(run);
  const [removing, setRemoving] = useState(false);
  const finish = (codes: string[] | null) => {
    start.reset();
    if (codes) onCodes(codes);
  };
  const action = totp ? (
    <ActionButton disabled={mustStay} onClick={() => setRemoving(true)} aria-label={t(($) => $.factors.totp.remove)}>{t(($) => $.factors.remove)}</ActionButton>
  ) : (
    <ActionButton pending={start.isPending} onClick={() => start.mutate()} aria-label={t(($) => $.factors.totp.set_up)}>{t(($) => $.factors.set_up)}</ActionButton>
  );
  return (
    <>
      <FactorRow title={t(($) => $.factors.totp.title)} action={action}>
        {totp ? <FactorTimes created_at={totp.created_at} last_used_at={totp.last_used_at} /> : t(($) => $.factors.totp.line)}
        {totp && mustStay ? <span className="factor-why">{t(($) => $.factors.must_stay)}</span> : null}
        <InlineError>{start.data ? null : say(start.error)}</InlineError>
      </FactorRow>
      {start.data ? (
        <FormDrawer title={t(($) => $.factors.totp.set_up)} closeText={frame(($) => $.actions.close)} onClose={start.reset}>
          <TotpSetup key={start.data.uri} enrolment={start.data} run={run} onDone={finish} onRestart={() => start.mutate()} onCancel={start.reset} />
        </FormDrawer>
      ) : null}
      {removing ? <RemoveTotp run={run} onClose={() => setRemoving(false)} /> : null}
    </>
  );
}

function RemoveTotp({ run, onClose }: { run: Run; onClose: () => void }) {
  const t = useTexts('profile');
  const remove = useRemoveTotp(run);
  return <ConfirmRemove title={t(($) => $.factors.totp.remove_title)} text={t(($) => $.factors.totp.remove_text)} pending={remove.isPending} failure={remove.error} onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })} onClose={onClose} />;
}
