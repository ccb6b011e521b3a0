import { useEffect, useState } from 'react';
import type { Invitation } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { replaceAddress } from '../../app/location.ts';
import { visitorPaths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { ApiFailure, call } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { InvitationForm } from './invitation-form.tsx';

type Found = { state: 'reading' } | { state: 'open'; invitation: Invitation } | { state: 'closed'; failure: ApiFailure };

function useInvitation(token: string): Found {
  const [found, setFound] = useState<Found>({ state: 'reading' });
  useEffect(() => {
    const control = new AbortController();
    call('auth.readInvitation', { params: { token }, signal: control.signal }).then(
      (invitation) => setFound({ state: 'open', invitation }),
      (failure: unknown) => failure instanceof ApiFailure && setFound({ state: 'closed', failure }),
    );
    return () => control.abort();
  }, [token]);
  return found;
}

/** A link that is used, too old or mistyped: what to do about it, and no hint which of them it was. */
function ClosedLink({ failure }: { failure: ApiFailure }) {
  const t = useTexts('invitation');
  return (
    <section className="visitor-form" role="alert">
      <h1>{failure.status === 0 || failure.status >= 500 ? failure.message : t(($) => $.closed.title)}</h1>
      <p className="visitor-line">{t(($) => $.closed.line)}</p>
      <ActionButton look="primary" size="large" onClick={() => replaceAddress(visitorPaths.sign_in)}>{t(($) => $.closed.action)}</ActionButton>
    </section>
  );
}

export default function Page({ token }: { token: string }) {
  const t = useTexts('invitation');
  const found = useInvitation(token);
  useTitle(t(($) => $.page_title));
  return (
    <VisitorFrame>
      <Waiting waiting={found.state === 'reading'} label={t(($) => $.reading)} skeleton={<div className="visitor-form"><SkeletonForm fields={3} /></div>}>
        {found.state === 'open' ? <InvitationForm token={token} invitation={found.invitation} /> : null}
        {found.state === 'closed' ? <ClosedLink failure={found.failure} /> : null}
      </Waiting>
    </VisitorFrame>
  );
}
