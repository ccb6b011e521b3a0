import type { PasskeyRegistration, ProofInput, SecondFactors } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { AppError } from '../../../errors.ts';
import { judgeStanding } from '../../../standing.ts';
import type { Actors } from '../actors.ts';
import { getProfile, lockPerson } from '../repository.ts';
import { issueRecoveryCodes, type FirstFactor } from './enrolment.ts';
import { beginProof, FRESH_S, prove, requireFreshProof, type ProofPorts } from './fresh-proof.ts';
import { beginPasskey, createPasskey, removePasskey, renamePasskey } from './passkeys.ts';
import { listProofMethods } from './proof-methods.ts';
import * as repository from './repository.ts';
import { confirmTotp, removeTotp, startTotp } from './totp.ts';

export interface SecondFactorPorts extends ProofPorts {
  actors: Pick<Actors, 'forget'>;
}
export type SecondFactorService = ReturnType<typeof createSecondFactorService>;

/** A person's own second factors: what there is, setting up, renaming and removing, and the proof that each change asks for. */
export function createSecondFactorService(ports: SecondFactorPorts) {
  const read = (actor: Actor) => readSecondFactors(ports, actor);
  /** What a first factor changes is felt at once, here as everywhere. */
  const settle = async <T extends FirstFactor>(actor: Actor, { ended, ...made }: T) => {
    for (const id of [actor.session_id, ...ended]) ports.actors.forget(id);
    return { ...made, second_factors: await read(actor) };
  };
  const removing = async (actor: Actor, remove: Promise<void>) => {
    await remove;
    ports.actors.forget(actor.session_id);
  };
  return {
    read,
    beginProof: (actor: Actor) => beginProof(ports, actor),
    prove: (actor: Actor, input: ProofInput, caller: Caller) => prove(ports, actor, input, caller),
    startTotp: (actor: Actor, caller: Caller) => startTotp(ports, actor, caller),
    confirmTotp: async (actor: Actor, code: string, caller: Caller) => settle(actor, await confirmTotp(ports, actor, code, caller)),
    removeTotp: (actor: Actor, caller: Caller) => removing(actor, removeTotp(ports, actor, caller)),
    replaceRecoveryCodes: (actor: Actor, caller: Caller) => replaceRecoveryCodes(ports, actor, caller),
    beginPasskey: (actor: Actor) => beginPasskey(ports, actor),
    createPasskey: async (actor: Actor, input: { name: string; response: PasskeyRegistration }, caller: Caller) => settle(actor, await createPasskey(ports, actor, input, caller)),
    renamePasskey: (actor: Actor, id: string, version: number | null, name: string, caller: Caller) => renamePasskey(ports, actor, id, version, name, caller),
    removePasskey: (actor: Actor, id: string, caller: Caller) => removing(actor, removePasskey(ports, actor, id, caller)),
  };
}

function readSecondFactors({ tenancy, site }: SecondFactorPorts, actor: Actor): Promise<SecondFactors> {
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    const profile = await getProfile(db, actor.user_id);
    const { demanded } = judgeStanding({ ...profile, granted: profile.custom_roles.flatMap(({ permissions }) => permissions) });
    const factors = await repository.readFactors(db, actor.user_id);
    const fresh_until = await repository.findFreshUntil(db, actor.session_id, FRESH_S);
    const passkeys_possible = site !== null;
    const proof_methods = await listProofMethods(db, actor, factors, passkeys_possible);
    return { enrolled: profile.has_second_factor, demanded, ...factors, passkeys_possible, proof_methods, fresh_until };
  });
}

/** Throws 3006 before the first factor. */
function replaceRecoveryCodes({ tenancy }: SecondFactorPorts, actor: Actor, caller: Caller): Promise<{ recovery_codes: string[] }> {
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    await lockPerson(db, actor.user_id);
    await requireFreshProof(db, actor);
    const { has_second_factor } = await getProfile(db, actor.user_id);
    if (!has_second_factor) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'no_second_factor' } });
    const { recovery_codes: before } = await repository.readFactors(db, actor.user_id);
    const codes = await issueRecoveryCodes(db, actor.user_id);
    const details = { before: { left: before?.left ?? 0 }, after: { left: codes.length } };
    await appendAudit(db, { actor, caller }, { action: 'second_factors.recovery_codes_replaced', resource_type: 'user', resource_id: actor.user_id, details });
    return { recovery_codes: codes };
  });
}
