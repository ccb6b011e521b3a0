import type { UsersQuery } from '@lyss/api-types';
import { systemRoles } from '@lyss/api-types/permission';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import type { UsersList } from './use-users-list.ts';

const statuses = ['active', 'invited', 'disabled'] as const satisfies readonly NonNullable<UsersQuery['status']>[];

export function UserFilters({ list: { search, filter } }: { list: UsersList }) {
  const t = useTexts('users');
  const frame = useTexts('app');
  const clear = frame(($) => $.list.clear);
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      <FilterChip label={t(($) => $.filter.status)} clearText={clear} value={search.status || null} options={statuses.map((value) => ({ value, label: t(($) => $.status[value]) }))} onChange={(value) => filter({ status: (value ?? '') as typeof search.status })} />
      <FilterChip label={t(($) => $.filter.role)} clearText={clear} value={search.role || null} options={systemRoles.map((value) => ({ value, label: t(($) => $.role[value]) }))} onChange={(value) => filter({ role: (value ?? '') as typeof search.role })} />
    </>
  );
}
