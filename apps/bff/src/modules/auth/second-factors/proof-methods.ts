import type { ProofMethod, SecondFactors } from '@lyss/api-types';
import type { Actor } from '../../../actor.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { getPasswordOwner } from '../passwords/repository.ts';
import { isSsoOnly } from '../repository.ts';

/** Why a password proves nothing: it would be less than signing in takes. Null where it does. */
export async function findWhyPasswordIsClosed(db: TenantDb, { user_id }: Pick<Actor, 'user_id'>): Promise<'proof_by_factor' | 'sso_only' | null> {
  const { has_second_factor, roles } = await getPasswordOwner(db, user_id);
  if (has_second_factor) return 'proof_by_factor';
  // Operators keep their password, as in signing in.
  return !roles.includes('super_admin') && (await isSsoOnly(db)) ? 'sso_only' : null;
}

/** By what somebody can prove now that it is still them; nothing where only another sign-in does. */
export async function listProofMethods(db: TenantDb, actor: Actor, { totp, passkeys, recovery_codes }: Pick<SecondFactors, 'totp' | 'passkeys' | 'recovery_codes'>, passkeys_possible: boolean): Promise<ProofMethod[]> {
  const { password_hash } = await getPasswordOwner(db, actor.user_id);
  const can_type = password_hash !== null && (await findWhyPasswordIsClosed(db, actor)) === null;
  const possible: [ProofMethod, boolean][] = [
    ['passkey', passkeys_possible && passkeys.length > 0],
    ['totp', totp !== null],
    ['recovery_code', (recovery_codes?.left ?? 0) > 0],
    ['password', can_type],
  ];
  return possible.filter(([, is]) => is).map(([method]) => method);
}
