import { useState } from 'react';
import { errorTable } from '@lyss/api-types/error';
import { useFieldErrors } from '../../app/form/use-field-errors.ts';
import { useLanguage } from '../../app/i18n/use-texts.ts';
import { ApiFailure, call } from '../../api/client.ts';
import { isCookieless } from '../../api/failure.ts';
import { checkCookies, enterSession } from '../../session/start-session.ts';
import type { Draft } from './progress.ts';

const ownerFields = ['name', 'email', 'password'];

/** Where it goes on: signed in; at `owner`, where a field of the first step has to be mended; or `made`, with `why` this browser isn't signed in. */
export type Outcome = { to: 'signed_in' | 'owner' | 'refused' } | { to: 'made'; why: string };

/** Makes the account and the tenant; a refusal names its fields, and what was typed stays where it is. */
export function useCompletion(token: string | null, draft: Draft, password: string) {
  const locale = useLanguage();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const errors = useFieldErrors(failure);

  async function complete(): Promise<Outcome> {
    setPending(true);
    setFailure(null);
    try {
      // Where whoever sets it up is; they change it in the tenant's settings.
      const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const body = { token: token ?? '', email: draft.email.trim(), password, name: draft.name.trim(), tenant_name: draft.tenant_name.trim(), workspace: draft.workspace, locale, time_zone };
      const answer = await call('setup.complete', { body });
      await checkCookies();
      enterSession(answer);
      return { to: 'signed_in' };
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure)) throw thrown;
      if (isCookieless(thrown)) return { to: 'made', why: thrown.message };
      setFailure(thrown);
      return { to: thrown.issues.some((issue) => ownerFields.includes(issue.path)) ? 'owner' : 'refused' };
    } finally {
      setPending(false);
    }
  }
  const closed = failure?.code === errorTable.TOKEN_INVALID.code || failure?.code === errorTable.OPERATION_NOT_ALLOWED.code;
  return { pending, failure, errors, /** The link is dead, or somebody was faster. */ closed, complete, forget: () => setFailure(null) };
}
