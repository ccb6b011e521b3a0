import type { SecondStep, SecondStepMethod } from '@lyss/api-types';
import { describeRequest, type PasskeySite } from '../../../crypto/passkey.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { CHALLENGE_S, insertChallenge } from './challenges/repository.ts';
import * as repository from './repository.ts';

/** Null where the password alone signs this person in. */
export type BeginSecondStep = (db: TenantDb, person: { user_id: string; epoch: number }, carrier: 'cookie' | 'bearer') => Promise<SecondStep | null>;

/** Asks for a second step in the transaction that saw the right password, with the person locked: so nobody slips in between. */
export function createBeginSecondStep(site: PasskeySite | null): BeginSecondStep {
  return async (db, { user_id, epoch }, carrier) => {
    const { totp, passkeys, recovery_codes } = await repository.readFactors(db, user_id);
    if (!totp && passkeys.length === 0) return null;
    const known = site && carrier === 'cookie' ? await repository.listPasskeys(db, user_id) : [];
    const possible: [SecondStepMethod, boolean][] = [['totp', totp !== null], ['passkey', known.length > 0], ['recovery_code', (recovery_codes?.left ?? 0) > 0]];
    const methods = possible.filter(([, is]) => is).map(([method]) => method);
    const challenge = await insertChallenge(db, { user_id, epoch, purpose: 'second_step', carrier });
    return { challenge, expires_in: CHALLENGE_S, methods, passkey_options: site && known.length > 0 ? describeRequest(site, challenge, known) : null };
  };
}
