import { permissions, tenantPermissions, type Permission } from '@lyss/api-types/permission';
import { nounOf } from '../../../app/access/permission-key.ts';
import type { AccessWords } from '../../../app/access/use-access-words.ts';

/** Every permission, what tenants give first: the platform's own are only there to be read. */
export const shownPermissions: readonly Permission[] = [...tenantPermissions, ...permissions.filter((permission) => !tenantPermissions.includes(permission))];

/** The permissions in whose noun, name, sentence or id every searched word is. */
export function narrowPermissions(search: string, words: AccessWords): Permission[] {
  const wanted = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return shownPermissions.filter((permission) => {
    const said = [permission, words.noun(nounOf(permission)), words.permission(permission), words.line(permission)].join('\n').toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
}
