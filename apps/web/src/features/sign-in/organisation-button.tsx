import { useEffect, useState } from 'react';
import type { DataOf } from '@lyss/api-types';
import { isEmail } from '../../app/form/judge.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { readNext } from '../../app/paths.ts';
import { leaveFor } from '../../app/provider-journey.ts';
import { call } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';

const PAUSE_MS = 300;

const domainOf = (email: string) => (isEmail(email) ? email.trim().slice(email.trim().lastIndexOf('@') + 1).toLowerCase() : null);

/** Whose provider signs in people of the address's domain. The domain alone is asked about: of people nothing is said. */
function useOrganisation(domain: string | null): DataOf<'sso.discover'> | null {
  const [found, setFound] = useState<DataOf<'sso.discover'> | null>(null);
  useEffect(() => {
    setFound(null);
    if (domain === null) return undefined;
    const control = new AbortController();
    const timer = setTimeout(() => call('sso.discover', { query: { domain }, signal: control.signal }).then(setFound, () => undefined), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [domain]);
  return found;
}

/** Below the form: the way through the organisation's identity provider, where the address's domain has one. */
export function OrganisationButton({ email }: { email: string }) {
  const t = useTexts('sign-in');
  const domain = domainOf(email);
  const found = useOrganisation(domain);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function go(): Promise<void> {
    if (domain === null) return;
    setPending(true);
    setProblem(null);
    try {
      const { url } = await call('sso.start', { body: { domain, email: email.trim() } });
      leaveFor(url, { purpose: 'sign_in', next: readNext(location.search) });
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure));
      setPending(false);
    }
  }

  return (
    <div role="status" className="visitor-form">
      {found?.organisation ? (
        <>
          <ActionButton size="large" look={found.sso_only ? 'primary' : 'plain'} pending={pending} onClick={() => void go()}>{t(($) => $.organisation.go, { name: found.organisation })}</ActionButton>
          {found.sso_only ? <p className="visitor-aside">{t(($) => $.organisation.only)}</p> : null}
        </>
      ) : null}
      <InlineError>{problem}</InlineError>
    </div>
  );
}
