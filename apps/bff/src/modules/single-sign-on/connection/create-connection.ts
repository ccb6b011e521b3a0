import type { CreateSsoInput, SsoConnection } from '@lyss/api-types';
import { appendAudit } from '../../../audit/append.ts';
import { newId } from '../../../crypto/digest.ts';
import type { SsoCall, SsoPorts } from '../ports.ts';
import { sealSecret } from '../secret.ts';
import { findPlace } from './find-place.ts';
import { describeForAudit, getDescribed } from './read-connection.ts';
import { insertConnection } from './repository.ts';
import { listRules, pickRow, withTrails, writeParts } from './settings.ts';
import { checkRules, vouch } from './vouch.ts';

/** Connects the tenant to its provider, whose document must answer first. Throws 3005 where there is a connection, 4004 or 4005 for the provider. */
export async function createConnection(ports: SsoPorts, call: SsoCall, { client_secret, ...input }: CreateSsoInput): Promise<SsoConnection> {
  const { actor, caller } = call;
  const id = newId();
  const place = await findPlace(ports, call, input.issuer);
  const secret = await sealSecret(ports.vault, actor.tenant_id, { id, ...place }, client_secret);
  await call.confirm();
  return withTrails(ports.tenancy, actor, async (db, platform) => {
    const settings = { ...input, secret_fingerprint: secret.secret_fingerprint, sso_only: false };
    await checkRules(db, actor, listRules(settings));
    await insertConnection(db, id, { ...pickRow(settings), ...place, ...vouch(actor), ...secret });
    await writeParts(db, platform, call, id, settings);
    const made = await getDescribed(db, actor);
    await appendAudit(db, { actor, caller }, { action: 'sso.created', resource_type: 'sso_connection', resource_id: id, details: { after: describeForAudit(made) } });
    return made;
  });
}
