import { RECOVERY_CODES } from '@lyss/api-types';
import type { Actor } from '../../../actor.ts';
import { hashRecoveryCode, newRecoveryCode } from '../../../crypto/recovery-code.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { judgeStanding } from '../../../standing.ts';
import { getProfile } from '../repository.ts';
import { endOtherSessions } from '../sessions/repository.ts';
import * as repository from './repository.ts';

/** Ten new recovery codes in place of the old ones; only their digests are kept. */
export async function issueRecoveryCodes(db: TenantDb, user_id: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await repository.replaceRecoveryCodes(db, user_id, codes.map((code) => hashRecoveryCode(user_id, code)));
  return codes;
}

export interface FirstFactor {
  /** Null with a further factor. */
  recovery_codes: string[] | null;
  /** Ended, for whoever was signed in elsewhere showed a password alone. */
  ended: string[];
}

/** What comes with the first factor: recovery codes, and the end of sessions that never passed a second step. Call it before the factor counts, with the person locked. */
export async function beginEnrolment(db: TenantDb, actor: Actor): Promise<FirstFactor> {
  const { has_second_factor } = await getProfile(db, actor.user_id);
  if (has_second_factor) return { recovery_codes: null, ended: [] };
  return { recovery_codes: await issueRecoveryCodes(db, actor.user_id), ended: await endOtherSessions(db, actor.user_id, actor.session_id, 'second_factors_changed') };
}

/** Throws 3006 where what was just removed was the last factor and one is demanded, or the password is too short to stand alone; else takes the recovery codes away with it. */
export async function endEnrolment(db: TenantDb, actor: Actor): Promise<void> {
  const profile = await getProfile(db, actor.user_id);
  if (profile.has_second_factor) return;
  const { demanded } = judgeStanding({ ...profile, granted: profile.custom_roles.flatMap(({ permissions }) => permissions) });
  const reason = demanded ? 'second_factor_demanded' : (await repository.hasShortPassword(db, actor.user_id)) ? 'short_password' : null;
  if (reason) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason } });
  await repository.removeRecoveryCodes(db, actor.user_id);
}
