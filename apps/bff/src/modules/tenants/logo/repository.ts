import type { TenantLogo } from '@lyss/api-types';
import type { TenantDb } from '../../../db/tenancy.ts';

const columns = ['id', 'media_type', 'width', 'height', 'bytes', 'created_at'] as const;
type StoredLogo = Omit<TenantLogo, 'bytes' | 'media_type'> & { bytes: string; media_type: string };

// The column's check allows the contract's types alone.
const describeRow = ({ bytes, media_type, ...row }: StoredLogo): TenantLogo => ({ ...row, media_type: media_type as TenantLogo['media_type'], bytes: Number(bytes) });

export async function findLogo(db: TenantDb): Promise<TenantLogo | null> {
  const row = await db.selectFrom('tenant_logos').select(columns).executeTakeFirst();
  return row ? describeRow(row) : null;
}

/** The picture itself, as base64. */
export async function findLogoContent(db: TenantDb, id: string): Promise<{ media_type: string; content: string } | null> {
  return (await db.selectFrom('tenant_logos').select(['media_type', 'content']).where('id', '=', id).executeTakeFirst()) ?? null;
}

export interface NewLogo extends Pick<TenantLogo, 'id' | 'media_type' | 'width' | 'height' | 'bytes'> {
  content: string;
}

/** Takes the place of the one before, whose bytes no longer count. */
export async function replaceLogo(db: TenantDb, logo: NewLogo): Promise<TenantLogo> {
  await deleteLogo(db);
  return describeRow(await db.insertInto('tenant_logos').values({ tenant_id: db.tenant_id, ...logo }).returning(columns).executeTakeFirstOrThrow());
}

export async function deleteLogo(db: TenantDb): Promise<void> {
  await db.deleteFrom('tenant_logos').execute();
}
