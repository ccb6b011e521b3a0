import type { PasskeyAssertion, SecondStepMethod } from '@lyss/api-types';
import { verifyAssertion, type PasskeySite } from '../../../crypto/passkey.ts';
import { hashRecoveryCode } from '../../../crypto/recovery-code.ts';
import { placeOfTotpSecret } from '../../../crypto/sealed-places.ts';
import { findTotpStep } from '../../../crypto/totp.ts';
import type { Vault } from '../../../crypto/vault.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import * as repository from './repository.ts';

export interface FactorPorts {
  tenancy: Tenancy;
  vault: Pick<Vault, 'seal' | 'open'>;
  /** Null where no passkey can be used. */
  site: PasskeySite | null;
}

export type OfferedFactor = { method: 'totp' | 'recovery_code'; code: string } | { method: 'passkey'; response: PasskeyAssertion };

/** A factor that fits. What makes it good for one use alone happens in the caller's transaction. */
export interface VerifiedFactor {
  method: SecondStepMethod;
  /** False where it was used before, or its authenticator was copied. */
  take(db: TenantDb): Promise<boolean>;
}

/** Judges what a person offers, outside any transaction. `challenge` is what a passkey must have signed. Null for whatever does not fit. */
export async function verifyFactor(ports: FactorPorts, person: { tenant_id: string; user_id: string }, offered: OfferedFactor, challenge: string): Promise<VerifiedFactor | null> {
  if (offered.method === 'passkey') return verifyPasskey(ports, person, offered.response, challenge);
  if (offered.method === 'totp') return verifyTotp(ports, person, offered.code);
  const hash = hashRecoveryCode(person.user_id, offered.code);
  return { method: 'recovery_code', take: (db) => repository.takeRecoveryCode(db, person.user_id, hash) };
}

async function verifyTotp({ tenancy, vault }: FactorPorts, { tenant_id, user_id }: { tenant_id: string; user_id: string }, code: string): Promise<VerifiedFactor | null> {
  const row = await tenancy.withTenant(tenant_id, (db) => repository.findTotp(db, user_id, 'confirmed'));
  const step = row && (await findTotpStep(await vault.open(placeOfTotpSecret(tenant_id, row.id), row.sealed_secret), code));
  return row && step ? { method: 'totp', take: (db) => repository.takeTotpStep(db, row.id, step) } : null;
}

async function verifyPasskey({ tenancy, site }: FactorPorts, { tenant_id, user_id }: { tenant_id: string; user_id: string }, response: PasskeyAssertion, challenge: string): Promise<VerifiedFactor | null> {
  const stored = await tenancy.withTenant(tenant_id, (db) => repository.findPasskey(db, user_id, Buffer.from(response.id, 'base64url')));
  const counter = site && stored ? await verifyAssertion(site, response, challenge, stored) : null;
  return stored && counter !== null ? { method: 'passkey', take: (db) => repository.takePasskeyCounter(db, stored.id, counter) } : null;
}
