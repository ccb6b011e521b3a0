import type { Invitation, LetterFailure, LinkDelivery, Locale, OneTimeLink } from '@lyss/api-types';
import { newId, randomToken, sha256 } from '../../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import type { Outbox } from '../../mail/outbox.ts';
import { writeLinkLetter } from './letters.ts';
import { getTenantName, insertUserToken, noteDelivery } from './repository.ts';

const HOUR_MS = 3_600_000;
const lifetimes: Record<Invitation['purpose'], number> = { invitation: 72 * HOUR_MS, password_reset: HOUR_MS / 4 };
const pages: Record<Invitation['purpose'], string> = { invitation: 'invitation', password_reset: 'password-reset' };

export interface LinkPorts {
  tenancy: Tenancy;
  public_url: URL;
  outbox: Pick<Outbox, 'is_configured' | 'post'>;
}

export interface IssuedLink {
  invitation: OneTimeLink;
  delivery: LinkDelivery;
  /** Sends the letter, where there is a mail server. After the commit: before it, the link may never come to be. */
  send(): void;
}

export interface LinkReader {
  id: string;
  email: string;
  locale: Locale;
}

/** A link that chooses a password once: 72 h for an invitation, 15 min for a reset; only the token's SHA-256 is kept. */
export async function issueLink(ports: LinkPorts, db: TenantDb, reader: LinkReader, purpose: Invitation['purpose'], from_name: string): Promise<IssuedLink> {
  const { tenancy, public_url, outbox } = ports;
  const [id, token] = [newId(), randomToken()];
  const expires_at = new Date(Date.now() + lifetimes[purpose]);
  const is_sent = outbox.is_configured;
  await insertUserToken(db, { id, user_id: reader.id, purpose, token_hash: sha256(token), expires_at, delivery: is_sent ? 'pending' : 'by_hand' });
  const url = new URL(`/${pages[purpose]}/${token}`, public_url).href;
  const { tenant_id } = db;
  const tenant_name = await getTenantName(db);
  const note = (failure: LetterFailure | null) => tenancy.withTenant(tenant_id, (after) => noteDelivery(after, id, failure));
  const send = () => outbox.post({ to: reader.email, ...writeLinkLetter({ locale: reader.locale, purpose, tenant_name, from_name, url }) }, note);
  return { invitation: { url, expires_at: expires_at.toISOString() }, delivery: is_sent ? 'sent_soon' : 'by_hand', send };
}
