import type { Locale } from '@lyss/api-types';
import type { Outbox } from '../../../mail/outbox.ts';
import { writeChangedLetter } from './letters.ts';

/** Tells a person by letter that their password is another one now; nothing where there is no mail server. */
export type TellChanged = (person: { email: string; locale: Locale; tenant_name: string }) => void;

export function createTellChanged(outbox: Outbox, public_url: URL): TellChanged {
  const url = new URL('/forgotten-password', public_url).href;
  return ({ email, locale, tenant_name }) => outbox.post({ to: email, ...writeChangedLetter(locale, tenant_name, url) });
}
