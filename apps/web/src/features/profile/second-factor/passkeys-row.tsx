import { useState } from 'react';
import type { SecondFactors } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { canUsePasskeys } from '../../../app/passkeys/ask-passkey.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { AddPasskey } from './add-passkey.tsx';
import type { Run } from './api.ts';
import { FactorRow } from './factor-row.tsx';
import { PasskeyList } from './passkey-list.tsx';

interface PasskeysRowProps {
  factors: SecondFactors;
  mustStay: boolean;
  run: Run;
  onCodes: (codes: string[]) => void;
}

/** Passkeys: what they are, or the ones there are; where they can't be had, why. */
export function PasskeysRow({ factors: { passkeys, passkeys_possible }, mustStay, run, onCodes }: PasskeysRowProps) {
  const t = useTexts('profile');
  const [adding, setAdding] = useState(false);
  const finish = (codes: string[] | null) => {
    setAdding(false);
    if (codes) onCodes(codes);
  };
  const impossible = !passkeys_possible ? t(($) => $.factors.passkeys.no_name) : canUsePasskeys() ? null : t(($) => $.factors.passkeys.no_browser);
  const list = passkeys.length > 0 ? <PasskeyList passkeys={passkeys} mustStay={mustStay} run={run} /> : null;
  const add = impossible === null ? <ActionButton onClick={() => setAdding(true)}>{t(($) => $.factors.passkeys.add)}</ActionButton> : null;
  return (
    <>
      <FactorRow title={t(($) => $.factors.passkeys.title)} action={add} below={list}>
        {impossible ?? t(($) => $.factors.passkeys.line)}
        {passkeys.length > 0 && mustStay ? <span className="factor-why">{t(($) => $.factors.must_stay)}</span> : null}
      </FactorRow>
      {adding ? <AddPasskey run={run} onDone={finish} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
