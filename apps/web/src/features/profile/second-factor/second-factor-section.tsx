import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SecondFactors } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { StatusDot } from '../../../ui/list/status-dot.tsx';
import { FormDrawer } from '../../../ui/overlay/form-drawer.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { SkeletonText } from '../../../ui/states/skeleton.tsx';
import { mySecondFactors } from './api.ts';
import { CodesRow } from './codes-row.tsx';
import { PasskeysRow } from './passkeys-row.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TotpRow } from './totp-row.tsx';
import { useProof } from './use-proof.tsx';
import './second-factor.css';

/** All that signing in can ask for besides the password. */
export function SecondFactorSection() {
  const frame = useTexts('app');
  const { data, error, refetch } = useQuery(mySecondFactors);
  if (data !== undefined) return <Factors factors={data} />;
  if (error === null) return <SkeletonText lines={6} />;
  return (
    <div className="form-stack">
      <InlineError>{error.message}</InlineError>
      <div className="form-actions"><ActionButton onClick={() => void refetch()}>{frame(($) => $.actions.retry)}</ActionButton></div>
    </div>
  );
}

function Factors({ factors }: { factors: SecondFactors }) {
  const t = useTexts('profile');
  const { run, dialog } = useProof();
  const [codes, setCodes] = useState<string[] | null>(null);
  const count = factors.passkeys.length + (factors.totp ? 1 : 0);
  const shared = { factors, run, onCodes: setCodes, mustStay: factors.demanded && count === 1 };
  return (
    <div>
      <p className="factor-state">
        <StatusDot tone={factors.enrolled ? 'ok' : factors.demanded ? 'warn' : 'off'}>{factors.enrolled ? t(($) => $.factors.on) : t(($) => $.factors.off)}</StatusDot>
        <span>{factors.enrolled ? t(($) => $.factors.on_line) : factors.demanded ? t(($) => $.factors.demanded_line) : t(($) => $.factors.off_line)}</span>
      </p>
      <TotpRow {...shared} />
      <PasskeysRow {...shared} />
      {factors.recovery_codes ? <CodesRow codes={factors.recovery_codes} run={run} onCodes={setCodes} /> : null}
      {codes ? <FormDrawer title={t(($) => $.factors.codes.title)} onClose={() => undefined}><RecoveryCodes codes={codes} onDone={() => setCodes(null)} /></FormDrawer> : null}
      {dialog}
    </div>
  );
}
