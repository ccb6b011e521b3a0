import type { ProofMethod, SecondFactors } from '@lyss/api-types';
import type { Actor } from '../../../actor.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { getPasswordOwner, type PasswordOwner } from '../passwords/repository.ts';

/** Why a password proves nothing: it would be less than signing in takes. Null where it does. */
export function findWhyPasswordIsClosed({ has_second_factor, roles, passwords_closed }: Pick<PasswordOwner, 'has_second_factor' | 'roles' | 'passwords_closed'>): 'proof_by_factor' | 'sso_only' | null {
  if (has_second_factor) return 'proof_by_factor';
  // Operators keep their password, as in signing in.
  return passwords_closed && !roles.includes('super_admin') ? 'sso_only' : null;
}

/** By what somebody can prove now that it is still them; nothing where only another sign-in does. */
export async function listProofMethods(db: TenantDb, actor: Actor, { totp, passkeys, recovery_codes }: Pick<SecondFactors, 'totp' | 'passkeys' | 'recovery_codes'>, passkeys_possible: boolean): Promise<ProofMethod[]> {
  const owner = await getPasswordOwner(db, actor.user_id);
  const can_type = owner.password_hash !== null && findWhyPasswordIsClosed(owner) === null;
  const possible: [ProofMethod, boolean][] = [
    ['passkey', passkeys_possible && passkeys.length > 0],
    ['totp', totp !== null],
    ['recovery_code', (recovery_codes?.left ?? 0) > 0],
    ['password', can_type],
  ];
  return possible.filter(([, is]) => is).map(([method]) => method);
}
