import type { Invitation, LetterFailure, LinkDelivery, Locale, OneTimeLink } from '@lyss/api-types';
import { newId, randomToken, sha256 } from '../../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import type { Outbox } from '../../mail/outbox.ts';
import { writeLinkLetter } from './letters.ts';
import { getTenantName, insertUserTokens, noteDelivery } from './repository.ts';

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
  const [issued] = await issueLinks(ports, db, [reader], purpose, from_name);
  if (!issued) throw new Error('a link for each reader');
  return issued;
}

/** As `issueLink`, for many people in a few statements; in their order. */
export async function issueLinks(ports: LinkPorts, db: TenantDb, readers: readonly LinkReader[], purpose: Invitation['purpose'], from_name: string): Promise<IssuedLink[]> {
  const { is_configured } = ports.outbox;
  const expires_at = new Date(Date.now() + lifetimes[purpose]);
  const made = readers.map((reader) => ({ reader, id: newId(), token: randomToken() }));
  const rows = made.map(({ reader, id, token }) => ({ id, user_id: reader.id, purpose, token_hash: sha256(token), expires_at, delivery: is_configured ? ('pending' as const) : ('by_hand' as const) }));
  await insertUserTokens(db, rows);
  const { tenant_id } = db;
  const tenant_name = await getTenantName(db);
  return made.map(({ reader, id, token }) => {
    const url = new URL(`/${pages[purpose]}/${token}`, ports.public_url).href;
    const note = (failure: LetterFailure | null) => ports.tenancy.withTenant(tenant_id, (after) => noteDelivery(after, id, failure));
    const send = () => ports.outbox.post({ to: reader.email, ...writeLinkLetter({ locale: reader.locale, purpose, tenant_name, from_name, url }) }, note);
    return { invitation: { url, expires_at: expires_at.toISOString() }, delivery: is_configured ? 'sent_soon' : 'by_hand', send };
  });
}
