import type { UsersQuery } from '@lyss/api-types';
import { permissions, systemRoles } from '@lyss/api-types/permission';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { useOwnRoles } from './use-own-roles.ts';
import type { UsersList } from './use-users-list.ts';

const statuses = ['active', 'invited', 'expired', 'disabled'] as const satisfies readonly NonNullable<UsersQuery['status']>[];

const factors = ['enrolled', 'none'] as const satisfies readonly NonNullable<UsersQuery['second_factor']>[];

/** The system's roles and the tenant's own; one that the address asks for and I can't read shows as its id. */
function useRoleOptions(chosen: string): { value: string; label: string }[] {
  const words = useAccessWords();
  const own = useOwnRoles();
  const options = [...systemRoles.map((id) => ({ id, name: id })), ...own].map((role) => ({ value: role.id, label: words.role(role) }));
  return chosen === '' || options.some(({ value }) => value === chosen) ? options : [...options, { value: chosen, label: chosen }];
}

export function UserFilters({ list: { search, filter } }: { list: UsersList }) {
  const t = useTexts('users');
  const frame = useTexts('app');
  const words = useAccessWords();
  const clear = frame(($) => $.list.clear);
  const roles = useRoleOptions(search.role);
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      <FilterChip label={t(($) => $.filter.status)} clearText={clear} value={search.status || null} options={statuses.map((value) => ({ value, label: t(($) => $.status[value]) }))} onChange={(value) => filter({ status: (value ?? '') as typeof search.status })} />
      <FilterChip label={t(($) => $.filter.role)} clearText={clear} value={search.role || null} options={roles} onChange={(value) => filter({ role: value ?? '' })} />
      <FilterChip label={t(($) => $.filter.permission)} clearText={clear} value={search.permission || null} options={permissions.map((value) => ({ value, label: words.permission(value) }))} onChange={(value) => filter({ permission: (value ?? '') as typeof search.permission })} />
      <FilterChip label={t(($) => $.factor.title)} clearText={clear} value={search.second_factor || null} options={factors.map((value) => ({ value, label: t(($) => $.factor[value]) }))} onChange={(value) => filter({ second_factor: (value ?? '') as typeof search.second_factor })} />
    </>
  );
}
