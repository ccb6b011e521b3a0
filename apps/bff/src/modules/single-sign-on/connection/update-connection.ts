import type { SsoConnection, UpdateSsoInput } from '@lyss/api-types';
import { appendAudit } from '../../../audit/append.ts';
import { pickChanged } from '../../../audit/pick-changed.ts';
import { AppError } from '../../../errors.ts';
import type { SsoCall, SsoPorts } from '../ports.ts';
import { sealSecret } from '../secret.ts';
import { findPlace, isSameIssuer } from './find-place.ts';
import { describeForAudit, getDescribed } from './read-connection.ts';
import * as repository from './repository.ts';
import { isRetestNeeded, listRules, mergeSettings, pickRow, refuseWhileOnly, withTrails, writeParts } from './settings.ts';
import { checkRules, refuseBeyondVouched, vouch } from './vouch.ts';

/** Throws 3007, 412, 2004 beyond what the caller may do, 3006 where a rule of single sign-on forbids it, 4004 or 4005 for the provider. */
export async function updateConnection(ports: SsoPorts, call: SsoCall, { client_secret, ...input }: UpdateSsoInput): Promise<SsoConnection> {
  const { actor, caller } = call;
  const saved = await ports.tenancy.withTenant(actor.tenant_id, repository.findConnection);
  if (!saved) throw new AppError('RESOURCE_NOT_FOUND');
  const moves = input.issuer !== undefined && !isSameIssuer(input.issuer, saved.issuer);
  if (moves && client_secret === undefined) throw refuseOldSecret();
  const { issuer, token_origin } = moves || client_secret !== undefined ? await findPlace(ports, call, input.issuer ?? saved.issuer) : saved;
  const secret: Partial<repository.SealedSecret> = client_secret === undefined ? {} : await sealSecret(ports.vault, actor.tenant_id, { id: saved.id, issuer, token_origin }, client_secret);
  await call.confirm();
  return withTrails(ports.tenancy, actor, async (db, platform) => {
    const row = await lockCurrent(db, call, saved.version);
    const before = await getDescribed(db, actor);
    const settings = mergeSettings(before, { ...input, issuer, secret_fingerprint: secret.secret_fingerprint });
    const needs_test = isRetestNeeded(before, settings);
    refuseWhileOnly(row, settings, needs_test, actor.user_id);
    await checkRules(db, actor, listRules(settings));
    await repository.updateConnection(db, row.id, { ...pickRow(settings), issuer, token_origin, ...vouch(actor), ...secret }, !needs_test);
    if (moves) await repository.forgetIdentities(db, row.id);
    await writeParts(db, platform, call, row.id, settings);
    const after = await getDescribed(db, actor);
    const details = pickChanged(describeForAudit(before), describeForAudit(after));
    await appendAudit(db, { actor, caller }, { action: 'sso.updated', resource_type: 'sso_connection', resource_id: row.id, details });
    return after;
  });
}

/** Sealed for the old issuer, the secret does not open for another one: it is not ours to hand on. */
function refuseOldSecret(): AppError {
  const issues = [{ path: 'client_secret', code: 'secret_for_issuer', message: 'secret_for_issuer' }];
  return new AppError('MISSING_REQUIRED_FIELD', { details: { issues } });
}

async function lockCurrent(db: Parameters<typeof repository.lockConnection>[0], { actor, if_match }: SsoCall, read: number): Promise<repository.ConnectionRow> {
  const row = await repository.lockConnection(db);
  if (!row) throw new AppError('RESOURCE_NOT_FOUND');
  const isStale = row.version !== read || (if_match !== null && if_match !== row.version);
  if (isStale) throw new AppError('RESOURCE_CONFLICT', { status: if_match === null ? 409 : 412, details: { version: row.version } });
  refuseBeyondVouched(actor, row);
  return row;
}
