import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { canUsePasskeys } from '../../../app/passkeys/ask-passkey.ts';
import { createQueryClient } from '../../../app/query-client.ts';
import { useTitle } from '../../../app/use-title.ts';
import { VisitorFrame } from '../../../app/visitor/visitor-frame.tsx';
import { useMe } from '../../../session/session-store.ts';
import { leaveSession } from '../../../session/start-session.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { SkeletonForm, Waiting } from '../../../ui/states/skeleton.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { mySecondFactors, useStartTotp } from './api.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useFailureWords } from './say-failure.ts';
import { TotpSetup } from './totp-setup.tsx';
import { useProof } from './use-proof.tsx';

/** Before anything else, where the tenant demands it: a second factor, its recovery codes, and then on to where they were going. */
export default function EnrolPage({ onDone }: { onDone: () => void }) {
  const [queryClient] = useState(createQueryClient);
  useEffect(() => () => queryClient.clear(), [queryClient]);
  return (
    <QueryClientProvider client={queryClient}>
      <VisitorFrame><Enrol onDone={onDone} /></VisitorFrame>
    </QueryClientProvider>
  );
}

function Enrol({ onDone }: { onDone: () => void }) {
  const t = useTexts('profile');
  const { run, dialog } = useProof();
  const start = useStartTotp(run);
  const [adding, setAdding] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  useTitle(t(($) => $.factors.enrol.title));
  const finish = (fresh: string[] | null) => {
    setAdding(false);
    if (fresh) setCodes(fresh);
    else onDone();
  };
  if (codes) return <Step title={t(($) => $.factors.enrol.codes_title)}><RecoveryCodes codes={codes} onDone={onDone} /></Step>;
  if (start.data) {
    return (
      <Step title={t(($) => $.factors.totp.set_up)}>
        <TotpSetup key={start.data.uri} enrolment={start.data} run={run} onDone={finish} onRestart={() => start.mutate()} onCancel={start.reset} />
        {dialog}
      </Step>
    );
  }
  return (
    <Step title={t(($) => $.factors.enrol.title)}>
      <Ways pending={start.isPending} failure={start.error} onTotp={() => start.mutate()} onPasskey={() => setAdding(true)} onEnrolled={adding ? undefined : onDone} />
      {adding ? <AddPasskey run={run} onDone={finish} onClose={() => setAdding(false)} /> : null}
      {dialog}
    </Step>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  const t = useTexts('profile');
  return (
    <section className="visitor-form factor-enrol">
      <h1>{title}</h1>
      {children}
      <div className="factor-leave"><ActionButton look="quiet" onClick={() => void leaveSession().catch(() => undefined)}>{t(($) => $.factors.enrol.sign_out)}</ActionButton></div>
    </section>
  );
}

interface WaysProps {
  pending: boolean;
  failure: Error | null;
  onTotp: () => void;
  onPasskey: () => void;
  /** It was set up elsewhere meanwhile; not asked for while it is being set up here. */
  onEnrolled: (() => void) | undefined;
}

function Ways({ pending, failure, onTotp, onPasskey, onEnrolled }: WaysProps) {
  const t = useTexts('profile');
  const frame = useTexts('app');
  const say = useFailureWords();
  const { tenant } = useMe();
  const { data, error, refetch } = useQuery(mySecondFactors);
  useEffect(() => {
    if (data?.enrolled) onEnrolled?.();
  }, [data, onEnrolled]);
  return (
    <>
      <p className="visitor-line">{t(($) => $.factors.enrol.tenant_line, { tenant: tenant.name })}</p>
      <Waiting waiting={data === undefined && error === null} label={t(($) => $.factors.enrol.waiting)} skeleton={<SkeletonForm fields={2} />}>
        {data ? (
          <div className="visitor-choices">
            <button type="button" className="visitor-choice" disabled={pending} onClick={onTotp}>{t(($) => $.factors.totp.title)}<small>{t(($) => $.factors.totp.line)}</small></button>
            {data.passkeys_possible && canUsePasskeys() ? <button type="button" className="visitor-choice" disabled={pending} onClick={onPasskey}>{t(($) => $.factors.passkeys.title)}<small>{t(($) => $.factors.passkeys.line)}</small></button> : null}
          </div>
        ) : null}
        {error && !data ? <ActionButton onClick={() => void refetch()}>{frame(($) => $.actions.retry)}</ActionButton> : null}
      </Waiting>
      <InlineError>{say(failure) ?? (data ? null : error?.message)}</InlineError>
    </>
  );
}
