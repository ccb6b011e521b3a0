import { listPermissions } from '@lyss/api-types';
import type { TenantDb } from '../../../db/tenancy.ts';
import type { Arriving } from './arrive.ts';
import { ArchiveRefused } from './refused.ts';
import * as repository from './repository.ts';

/**
 * Holds, to the transaction's end, that whoever imports still may: an import is long, and what they lost meanwhile would
 * come all the same. Throws ArchiveRefused.
 */
export async function holdImporter(db: TenantDb, { importer, permissions }: Arriving): Promise<void> {
  const roles = await repository.holdActive(db, importer.user_id);
  if (!roles) throw new ArchiveRefused('importer_inactive');
  // By Lyss's own roles alone: the tenant had no others when it began, and those that it has now came with the archive.
  const may = new Set(listPermissions(roles));
  const needs = [...permissions].filter((permission) => !may.has(permission));
  if (needs.length > 0) throw new ArchiveRefused('beyond_own_permissions', { needs });
}
