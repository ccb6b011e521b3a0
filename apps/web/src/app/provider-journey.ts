import { readNext } from './paths.ts';

const KEY = 'lyss_sso';

/** Why the browser went to an identity provider, and where in the console it wants to be afterwards. */
export interface Journey {
  purpose: 'sign_in' | 'test';
  next: string;
}

/** Goes to the provider's page; only http and https lead there, whatever a document of the provider's says. */
export function leaveFor(url: string, journey: Journey): void {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return;
  sessionStorage.setItem(KEY, JSON.stringify(journey));
  location.assign(url);
}

/** The journey that this tab comes back from; where it kept none, a sign-in. */
export function endJourney(): Journey {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  const { purpose, next } = kept === null ? {} as Partial<Journey> : (JSON.parse(kept) as Partial<Journey>);
  return { purpose: purpose === 'test' ? 'test' : 'sign_in', next: readNext(`?next=${encodeURIComponent(next ?? '/')}`) };
}
