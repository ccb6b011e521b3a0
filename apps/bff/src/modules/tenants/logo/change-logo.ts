import { judgeLogo, type LogoInput, type TenantLogo } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { newId } from '../../../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import type { ImageAnswer } from '../../../http/route.ts';
import { lockTenant, updateTenant, type TenantRow } from '../repository.ts';
import * as repository from './repository.ts';

/** Answers the tenant as it is now: the logo is one of its settings, and its version counts for both. */
export async function replaceLogo(tenancy: Tenancy, actor: Actor, version: number | null, { content }: LogoInput, caller: Caller): Promise<TenantRow> {
  const bytes = Buffer.from(content, 'base64');
  const judged = judgeLogo(bytes);
  if (typeof judged === 'string') throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'content', code: judged, message: judged }] } });
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    const tenant = await take(db, version);
    const before = await repository.findLogo(db);
    // Written again from what was read, so that it stands in one form alone.
    const logo = await repository.replaceLogo(db, { id: newId(), ...judged, bytes: bytes.byteLength, content: bytes.toString('base64') });
    await appendAudit(db, { actor, caller }, { action: 'tenants.logo_changed', resource_type: 'tenant', resource_id: actor.tenant_id, details: { before: { logo: describeForAudit(before) }, after: { logo: describeForAudit(logo) } } });
    return tenant;
  });
}

export async function removeLogo(tenancy: Tenancy, actor: Actor, version: number | null, caller: Caller): Promise<TenantRow> {
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    const tenant = await take(db, version);
    const before = await repository.findLogo(db);
    if (!before) throw new AppError('RESOURCE_NOT_FOUND');
    await repository.deleteLogo(db);
    await appendAudit(db, { actor, caller }, { action: 'tenants.logo_removed', resource_type: 'tenant', resource_id: actor.tenant_id, details: { before: { logo: describeForAudit(before) } } });
    return tenant;
  });
}

/** Throws 3007 for one that is not the own tenant's, or no longer is. */
export async function readLogo(tenancy: Tenancy, actor: Actor, id: string): Promise<ImageAnswer> {
  const found = await tenancy.withTenant(actor.tenant_id, (db) => repository.findLogoContent(db, id));
  if (!found) throw new AppError('RESOURCE_NOT_FOUND');
  return { media_type: found.media_type, etag: id, bytes: Buffer.from(found.content, 'base64') };
}

/** The tenant's row, locked, with its next version; throws 412 where another version than its own was named. */
async function take(db: TenantDb, version: number | null): Promise<TenantRow> {
  await lockTenant(db, db.tenant_id);
  const tenant = await updateTenant(db, db.tenant_id, version, {});
  if (!tenant) throw new AppError('RESOURCE_CONFLICT', { status: 412 });
  return tenant;
}

const describeForAudit = (logo: TenantLogo | null) => logo && { media_type: logo.media_type, width: logo.width, height: logo.height, bytes: logo.bytes };
