import { MOST_PASSKEYS, type Passkey, type PasskeyCreationOptions, type PasskeyRegistration } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { describeCreation, readChallenge, verifyRegistration } from '../../../crypto/passkey.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { getProfile, lockPerson } from '../repository.ts';
import { insertChallenge, takeSessionChallenge } from './challenges/repository.ts';
import { beginEnrolment, endEnrolment, type FirstFactor } from './enrolment.ts';
import { requireFreshProof } from './fresh-proof.ts';
import { requireSite } from './passkey-sign-in.ts';
import * as repository from './repository.ts';
import type { FactorPorts } from './verify-factor.ts';

/** Throws 3009 beyond twenty, 3006 where no passkey can be used here. */
export async function beginPasskey({ tenancy, site }: FactorPorts, actor: Actor): Promise<PasskeyCreationOptions> {
  const here = requireSite(site);
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    await requireFreshProof(db, actor);
    const known = await listRoomFor(db, actor);
    const { epoch } = await getProfile(db, actor.user_id);
    const challenge = await insertChallenge(db, { user_id: actor.user_id, session_id: actor.session_id, purpose: 'registration', epoch });
    return describeCreation(here, actor, challenge, known);
  });
}

async function listRoomFor(db: TenantDb, actor: Actor) {
  const known = await repository.listPasskeys(db, actor.user_id);
  if (known.length >= MOST_PASSKEYS) throw new AppError('QUOTA_EXCEEDED', { details: { reason: 'too_many_passkeys' } });
  return known;
}

/** Throws 1001 for a registration that does not fit, 3006 for a challenge that can't be used, 3005 for a credential that somebody has. */
export async function createPasskey({ tenancy, site }: FactorPorts, actor: Actor, input: { name: string; response: PasskeyRegistration }, caller: Caller): Promise<FirstFactor & { passkey: Passkey }> {
  const here = requireSite(site);
  const challenge = readChallenge(input.response);
  const made = challenge === null ? null : await verifyRegistration(here, input.response, challenge);
  if (challenge === null || made === null) {
    const entry = { action: 'second_factors.passkey_added', resource_type: 'user', resource_id: actor.user_id, outcome: 'refused' as const, details: { reason: 'passkey_refused' } };
    await tenancy.withTenant(actor.tenant_id, (db) => appendAudit(db, { actor, caller }, entry));
    throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'response', code: 'passkey_refused', message: 'passkey_refused' }] } });
  }
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    await lockPerson(db, actor.user_id);
    const of = { user_id: actor.user_id, session_id: actor.session_id, purpose: 'registration' as const };
    if (!(await takeSessionChallenge(db, challenge, of))) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'challenge_ended' } });
    await listRoomFor(db, actor);
    const first = await beginEnrolment(db, actor);
    const passkey = await repository.insertPasskey(db, actor.user_id, input.name, made);
    const details = { after: { name: passkey.name, is_synced: passkey.is_synced }, is_first: first.recovery_codes !== null, sessions_ended: first.ended.length };
    await appendAudit(db, { actor, caller }, { action: 'second_factors.passkey_added', resource_type: 'passkey', resource_id: passkey.id, details });
    return { ...first, passkey };
  });
}

async function getPasskey(db: TenantDb, actor: Actor, id: string): Promise<Passkey> {
  const passkey = await repository.lockPasskey(db, actor.user_id, id);
  if (!passkey) throw new AppError('RESOURCE_NOT_FOUND');
  return passkey;
}

export async function renamePasskey({ tenancy }: FactorPorts, actor: Actor, id: string, version: number | null, name: string, caller: Caller): Promise<Passkey> {
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    const before = await getPasskey(db, actor, id);
    if (version !== null && version !== before.version) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { version: before.version } });
    const after = await repository.renamePasskey(db, id, name);
    const details = { before: { name: before.name }, after: { name } };
    await appendAudit(db, { actor, caller }, { action: 'second_factors.passkey_renamed', resource_type: 'passkey', resource_id: id, details });
    return after;
  });
}

/** Throws 3007 for a passkey that is not the person's own, 3006 where it must stay. */
export async function removePasskey({ tenancy }: FactorPorts, actor: Actor, id: string, caller: Caller): Promise<void> {
  await tenancy.withTenant(actor.tenant_id, async (db) => {
    await lockPerson(db, actor.user_id);
    const { name, created_at } = await getPasskey(db, actor, id);
    await requireFreshProof(db, actor);
    await repository.removePasskey(db, id);
    await endEnrolment(db, actor);
    await appendAudit(db, { actor, caller }, { action: 'second_factors.passkey_removed', resource_type: 'passkey', resource_id: id, details: { before: { name, created_at } } });
  });
}
