import type { Invitation, Me } from '@lyss/api-types';
import type { Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import { sha256 } from '../../crypto/digest.ts';
import { findShortest, isShortPassword, judgePassword, type TenantPasswordPolicy } from '../../crypto/judge-password.ts';
import type { PasswordHasher } from '../../crypto/password.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { refuseWhereSsoOnly } from './refuse-where-sso-only.ts';
import type { Refusals } from './refusals.ts';
import * as repository from './repository.ts';
import type { UserTokenPlace } from './repository.ts';

interface LinkPorts {
  tenancy: Tenancy;
  hasher: PasswordHasher;
  refusals: Pick<Refusals, 'recordLink'>;
}
type Purpose = Invitation['purpose'];
type Profile = Awaited<ReturnType<typeof repository.getProfile>>;

/** Whom a one-time link is for. Throws 2003 for one that can't be used, or is for something else. */
export async function readLink(tenancy: Tenancy, token: string, purpose: Purpose): Promise<Invitation> {
  const place = await repository.findUserTokenPlace(tenancy, sha256(token));
  if (!place) throw new AppError('TOKEN_INVALID');
  const found = await getUsableAt(tenancy, place, purpose);
  const { email, name, tenant_name, workspace } = found;
  return { email, name, tenant_name, workspace, purpose, shortest_password: findShortest(found) };
}

export interface ChosenPassword {
  password: string;
  name?: string | undefined;
  locale?: Me['preferences']['locale'] | undefined;
}

/**
 * Uses a one-time link up and sets its person's password: every session and every other link of theirs ends. `finish`
 * belongs to the same transaction. Throws 2003 for a link that can't be used, 1001 for a weak password.
 */
export async function choosePassword<T>(
  ports: LinkPorts,
  link: { token: string; purpose: Purpose },
  input: ChosenPassword,
  caller: Caller,
  finish: (db: TenantDb, profile: Profile) => Promise<T>,
): Promise<{ tenant_id: string; user_id: string; finished: T }> {
  const place = await repository.findUserTokenPlace(ports.tenancy, sha256(link.token));
  // What nobody ever was given belongs to nobody's trail.
  if (!place) throw new AppError('TOKEN_INVALID');
  return chooseAt(ports, place, link.purpose, input, { caller, finish }).catch((error: unknown) => {
    if (error instanceof AppError && whyRefused[error.error_name]) ports.refusals.recordLink(place, caller, { purpose: link.purpose, reason: String(error.details?.['reason'] ?? whyRefused[error.error_name]) });
    throw error;
  });
}

/** Refusals of a link, and what the trail calls them where they say no more; a weak password is none. */
const whyRefused: Partial<Record<AppError['error_name'], string>> = { TOKEN_INVALID: 'link_not_usable', OPERATION_NOT_ALLOWED: 'link_not_usable' };

interface Choosing<T> {
  caller: Caller;
  finish: (db: TenantDb, profile: Profile) => Promise<T>;
}

async function chooseAt<T>({ tenancy, hasher }: LinkPorts, place: UserTokenPlace, purpose: Purpose, input: ChosenPassword, { caller, finish }: Choosing<T>): Promise<{ tenant_id: string; user_id: string; finished: T }> {
  const found = await getUsableAt(tenancy, place, purpose);
  refuseWeakPassword(input.password, { ...found, name: input.name ?? found.name });
  const password_hash = await hasher.hash(input.password);
  const { tenant_id, user_id } = place;
  const finished = await tenancy.withTenant(tenant_id, async (db) => {
    await repository.lockPerson(db, user_id);
    // Looked at again behind the lock: hashing took a while, and the person may have been disabled meanwhile.
    const usable = await repository.findUsableToken(db, place.token_id);
    if (!usable || !(await repository.consumeToken(db, place.token_id))) throw new AppError('TOKEN_INVALID');
    // Removed meanwhile, a second factor no longer makes up for what the password lacks.
    refuseWeakPassword(input.password, { ...usable, name: input.name ?? usable.name });
    const change = { password_hash, password_is_short: isShortPassword(input.password), ...(input.name ? { name: input.name } : {}), ...(input.locale ? { locale: input.locale } : {}) };
    await repository.setPassword(db, user_id, change);
    const profile = await repository.getProfile(db, user_id);
    await refuseWhereSsoOnly(db, profile.roles);
    const who = { actor: { user_id, name: profile.name }, caller };
    await appendAudit(db, who, { action: 'users.password_chosen', resource_type: 'user', resource_id: user_id, details: { purpose } });
    return finish(db, profile);
  });
  return { tenant_id, user_id, finished };
}

async function getUsableAt(tenancy: Tenancy, place: UserTokenPlace, purpose: Purpose) {
  const found = await tenancy.withTenant(place.tenant_id, (db) => repository.findUsableToken(db, place.token_id));
  if (!found || found.purpose !== purpose) throw new AppError('TOKEN_INVALID');
  await tenancy.withTenant(place.tenant_id, (db) => refuseWhereSsoOnly(db, found.roles));
  return found;
}

/** Throws 1001 on the password's field, with why it is too weak for the platform or for its tenant. */
export function refuseWeakPassword(password: string, context: { email: string; name: string; tenant_name: string; has_second_factor?: boolean } & Partial<TenantPasswordPolicy>): void {
  const weakness = judgePassword(password, context);
  if (weakness === null) return;
  // The one thing that the sentence about it must name.
  const message = weakness === 'too_short_here' ? String(context.password_min_length) : weakness;
  const code = weakness === 'too_short' && context.has_second_factor ? 'password_too_short_for_factor' : `password_${weakness}`;
  throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'password', code, message }] } });
}
