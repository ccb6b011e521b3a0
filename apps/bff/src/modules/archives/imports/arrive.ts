import { listPermissions, type Permission, type ProviderId, type SystemRole } from '@lyss/api-types';
import { deriveId } from '../../../crypto/digest.ts';
import type { ArchivedRow } from '../repository.ts';
import { ArchiveRefused } from './refused.ts';

/** Columns with ids: of rows in the archive, or of such that were gone already when it was made. */
const ID_COLUMNS = ['id', 'user_id', 'role_id', 'conversation_id', 'parent_id', 'reply_id', 'message_id', 'credential_id', 'api_key_id', 'model_setting_id'];

export interface Arriving {
  tenant_id: string;
  instance_id: string;
  importer: { user_id: string; email: string };
  /** What the importer may do, and so give. */
  permissions: ReadonlySet<Permission>;
  isAddressAllowed(provider: ProviderId, base_url: string): boolean;
  /** The archive's id of the importer, where both are the same person. */
  same_person: string | null;
}

/**
 * A row's new id: the same for the same tenant and old id, with the old one's time, so that lists keep their order. Never
 * the old one itself: whether it is taken would tell about other tenants.
 */
export const mapId = ({ tenant_id, same_person, importer }: Arriving, old: string) => (old === same_person ? importer.user_id : deriveId(old, `import|${tenant_id}`));

/** A row as it is written here; null where it does not come. */
export function arrive(table: string, row: ArchivedRow, to: Arriving): Record<string, unknown> | null {
  const changed = (arrivals[table] ?? keep)(row, to);
  if (!changed) return null;
  const ids = ID_COLUMNS.filter((column) => typeof changed[column] === 'string').map((column) => [column, mapId(to, String(changed[column]))]);
  return { ...changed, ...Object.fromEntries(ids), tenant_id: to.tenant_id };
}

type Arrival = (row: ArchivedRow, to: Arriving) => Record<string, unknown> | null;
const keep: Arrival = (row) => row;

// Schemas were checked before: columns are what their tables say.
const arrivals: Record<string, Arrival> = {
  users(row, to) {
    if (String(row['email']).toLowerCase() === to.importer.email.toLowerCase()) {
      if (to.same_person !== null) throw new ArchiveRefused('duplicate', { field: 'email' });
      to.same_person = row.id;
      return null;
    }
    refuseBeyond(to, listPermissions(row['roles'] as SystemRole[]), 'roles');
    return { ...row, status: row['status'] === 'active' ? 'invited' : row['status'] };
  },
  roles(row, to) {
    refuseBeyond(to, row['permissions'] as Permission[], 'permissions');
    return row;
  },
  api_keys: () => null,
  // Of a key, which does not come.
  budgets: (row) => (row['api_key_id'] === null ? row : null),
  supplier_credentials(row, { isAddressAllowed }) {
    if (!isAddressAllowed(row['provider'] as ProviderId, String(row['base_url']))) throw new ArchiveRefused('address_not_allowed', { field: 'base_url' });
    return { ...row, enabled: row['provider'] === 'demo' && row['enabled'] };
  },
  messages: (row) => ({ ...row, status: endStatus(row['status']) }),
  replies: (row, { instance_id }) => ({ ...row, status: endStatus(row['status']), ended_at: row['ended_at'] ?? row['started_at'], instance_id, log_removed: true }),
};

/** Nobody goes on with a reply that ran elsewhere. */
const endStatus = (status: unknown) => (status === 'running' ? 'interrupted' : status);

function refuseBeyond({ permissions }: Arriving, wanted: readonly Permission[], field: string): void {
  const needs = wanted.filter((permission) => !permissions.has(permission));
  if (needs.length > 0) throw new ArchiveRefused('beyond_own_permissions', { field, needs });
}
