import { Suspense, useState } from 'react';
import type { Invitation, SecondStep } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { replaceAddress } from '../../app/location.ts';
import { visitorPaths } from '../../app/paths.ts';
import { SecondStepForm } from '../../app/second-step/load-second-step.ts';
import { useTitle } from '../../app/use-title.ts';
import { UnreadLink, useLink } from '../../app/visitor/use-link.tsx';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { call } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { InvitationForm } from './invitation-form.tsx';

const read = (token: string, signal: AbortSignal): Promise<Invitation> => call('auth.readInvitation', { params: { token }, signal });

/** A link that is used, too old or mistyped: what to do about it, and no hint which of them it was. */
function ClosedLink({ why }: { why: string | null }) {
  const t = useTexts('invitation');
  return (
    <section className="visitor-form" role="alert">
      <h1>{t(($) => $.closed.title)}</h1>
      <p className="visitor-line">{why ?? t(($) => $.closed.line)}</p>
      <ActionButton look="primary" size="large" onClick={() => replaceAddress(visitorPaths.sign_in)}>{t(($) => $.closed.action)}</ActionButton>
    </section>
  );
}

/** The password is chosen and the link used up, and this browser keeps no sign-in: there is nothing to send again. */
function Saved({ why }: { why: string }) {
  const t = useTexts('invitation');
  return (
    <section className="visitor-form" role="alert">
      <h1>{t(($) => $.saved.title)}</h1>
      <p className="visitor-line">{why}</p>
      <p className="visitor-line">{t(($) => $.saved.line, { address: location.origin })}</p>
    </section>
  );
}

export default function Page({ token }: { token: string }) {
  const t = useTexts('invitation');
  const { found, retry } = useLink(token, read);
  const [saved, setSaved] = useState<string | null>(null);
  const [step, setStep] = useState<SecondStep | null>(null);
  useTitle(t(($) => $.page_title));
  const toSignIn = () => replaceAddress(visitorPaths.sign_in);
  if (step) return <VisitorFrame><Suspense fallback={null}><SecondStepForm step={step} onOver={toSignIn} onBack={toSignIn} onSignedIn={() => replaceAddress('/')} /></Suspense></VisitorFrame>;
  return (
    <VisitorFrame>
      <Waiting waiting={found.state === 'reading'} label={t(($) => $.reading)} skeleton={<div className="visitor-form"><SkeletonForm fields={3} /></div>}>
        {saved !== null ? <Saved why={saved} /> : null}
        {saved === null && found.state === 'open' ? <InvitationForm token={token} invitation={found.link} onSaved={setSaved} onStep={setStep} /> : null}
        {found.state === 'closed' ? <ClosedLink why={found.why} /> : null}
        {found.state === 'unread' ? <UnreadLink failure={found.failure} onRetry={retry} /> : null}
      </Waiting>
    </VisitorFrame>
  );
}
