import { useState } from 'react';
import type { SecondFactors } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useReplaceCodes, type Run } from './api.ts';
import { FactorRow } from './factor-row.tsx';
import { useFailureWords } from './say-failure.ts';

const FEW = 3;

/** How many recovery codes are left, and new ones before there are none. */
export function CodesRow({ codes, run, onCodes }: { codes: NonNullable<SecondFactors['recovery_codes']>; run: Run; onCodes: (codes: string[]) => void }) {
  const t = useTexts('profile');
  const [asked, ask] = useState(false);
  const few = codes.left <= FEW;
  const shown = (fresh: string[]) => {
    ask(false);
    onCodes(fresh);
  };
  return (
    <>
      <FactorRow title={t(($) => $.factors.codes.title)} action={<ActionButton look={few ? 'primary' : 'plain'} onClick={() => ask(true)}>{t(($) => $.factors.codes.renew)}</ActionButton>}>
        {t(($) => $.factors.codes.line)}
        <p className={few ? 'factor-left is-few' : 'factor-left'}>
          {t(($) => $.factors.codes.left, { count: codes.left })}
          {' · '}
          {t(($) => $.factors.codes.made)} <Time at={codes.created_at} />
        </p>
        {few ? <p className="factor-left is-few">{t(($) => $.factors.codes.few)}</p> : null}
      </FactorRow>
      {asked ? <ConfirmRenewal run={run} onCodes={shown} onClose={() => ask(false)} /> : null}
    </>
  );
}

function ConfirmRenewal({ run, onCodes, onClose }: { run: Run; onCodes: (codes: string[]) => void; onClose: () => void }) {
  const t = useTexts('profile');
  const say = useFailureWords();
  const replace = useReplaceCodes(run);
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.factors.cancel)}</ActionButton>
      <ActionButton look="primary" pending={replace.isPending} onClick={() => replace.mutate(undefined, { onSuccess: ({ recovery_codes }) => onCodes(recovery_codes) })}>{t(($) => $.factors.codes.renew)}</ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $.factors.codes.renew_title)} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.factors.codes.renew_text)}</p>
      <InlineError>{say(replace.error)}</InlineError>
    </Dialog>
  );
}
