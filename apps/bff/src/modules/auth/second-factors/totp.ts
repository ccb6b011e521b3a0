import type { TotpEnrolment } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { newId } from '../../../crypto/digest.ts';
import { placeOfTotpSecret } from '../../../crypto/sealed-places.ts';
import { findTotpStep, newTotpSecret, totpUri } from '../../../crypto/totp.ts';
import { AppError } from '../../../errors.ts';
import { lockPerson } from '../repository.ts';
import { beginEnrolment, endEnrolment, type FirstFactor } from './enrolment.ts';
import { requireFreshProof, type ProofPorts } from './fresh-proof.ts';
import * as repository from './repository.ts';

/** How long a key waits for its first code. */
const CONFIRM_MS = 10 * 60_000;

/** A new key for an authenticator app, shown this once. It counts, in place of an older one, when a code confirms it. */
export async function startTotp({ tenancy, vault }: ProofPorts, actor: Actor, caller: Caller): Promise<TotpEnrolment> {
  await tenancy.withTenant(actor.tenant_id, (db) => requireFreshProof(db, actor));
  const [id, secret] = [newId(), newTotpSecret()];
  const sealed_secret = await vault.seal(placeOfTotpSecret(actor.tenant_id, id), secret);
  const expires_at = new Date(Date.now() + CONFIRM_MS);
  await tenancy.withTenant(actor.tenant_id, async (db) => {
    await lockPerson(db, actor.user_id);
    await requireFreshProof(db, actor);
    await repository.replaceAwaitedTotp(db, { id, user_id: actor.user_id, sealed_secret, expires_at });
    await appendAudit(db, { actor, caller }, { action: 'second_factors.totp_started', resource_type: 'totp_factor', resource_id: id });
  });
  return { secret, uri: totpUri(secret, { issuer: 'Lyss', label: actor.email }), expires_at: expires_at.toISOString() };
}

/** Throws 3006 where no key waits, 1001 for a code that does not fit it. */
export async function confirmTotp(ports: ProofPorts, actor: Actor, code: string, caller: Caller): Promise<FirstFactor> {
  const { tenancy, vault, proofs } = ports;
  const row = await tenancy.withTenant(actor.tenant_id, (db) => repository.findTotp(db, actor.user_id, 'awaited'));
  if (!row) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'challenge_ended' } });
  await proofs.take(actor.user_id);
  const step = await findTotpStep(await vault.open(placeOfTotpSecret(actor.tenant_id, row.id), row.sealed_secret), code);
  const of = { action: 'second_factors.totp_enrolled', resource_type: 'totp_factor', resource_id: row.id };
  if (step === null) {
    await tenancy.withTenant(actor.tenant_id, (db) => appendAudit(db, { actor, caller }, { ...of, outcome: 'refused', details: { reason: 'code_incorrect' } }));
    throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'code', code: 'code_incorrect', message: 'code_incorrect' }] } });
  }
  await proofs.forgive(actor.user_id);
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    await lockPerson(db, actor.user_id);
    const first = await beginEnrolment(db, actor);
    if (!(await repository.confirmTotp(db, actor.user_id, row.id, step))) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'challenge_ended' } });
    const details = { is_first: first.recovery_codes !== null, sessions_ended: first.ended.length };
    await appendAudit(db, { actor, caller }, { ...of, details });
    return first;
  });
}

/** Throws 3007 where there is none, 3006 where it must stay. */
export async function removeTotp({ tenancy }: ProofPorts, actor: Actor, caller: Caller): Promise<void> {
  await tenancy.withTenant(actor.tenant_id, async (db) => {
    await lockPerson(db, actor.user_id);
    await requireFreshProof(db, actor);
    const row = await repository.findTotp(db, actor.user_id, 'confirmed');
    if (!row) throw new AppError('RESOURCE_NOT_FOUND');
    await repository.removeTotp(db, actor.user_id);
    await endEnrolment(db, actor);
    await appendAudit(db, { actor, caller }, { action: 'second_factors.totp_removed', resource_type: 'totp_factor', resource_id: row.id, details: { before: { created_at: row.created_at } } });
  });
}
