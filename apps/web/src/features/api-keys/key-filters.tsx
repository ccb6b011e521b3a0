import type { ApiKeysQuery } from '@lyss/api-types';
import { permissions } from '@lyss/api-types/permission';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { ApiKeysSearch } from '../../app/search.ts';
import { useMe } from '../../session/session-store.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';

const statuses = ['active', 'expired', 'revoked'] as const satisfies readonly NonNullable<ApiKeysQuery['status']>[];

interface KeyFiltersProps {
  search: ApiKeysSearch;
  filter: (patch: Partial<ApiKeysSearch>) => void;
}

export function KeyFilters({ search, filter }: KeyFiltersProps) {
  const t = useTexts('api-keys');
  const frame = useTexts('app');
  const words = useAccessWords();
  const me = useMe();
  const clear = frame(($) => $.list.clear);
  // What nobody here may do, no key here may either.
  const scopes = permissions.filter((permission) => me.permissions.includes(permission));
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      <FilterChip label={t(($) => $.filter.status)} clearText={clear} value={search.status || null} options={statuses.map((value) => ({ value, label: t(($) => $.status[value]) }))} onChange={(value) => filter({ status: (value ?? '') as typeof search.status })} />
      <FilterChip label={t(($) => $.filter.scope)} clearText={clear} value={search.scope || null} options={scopes.map((value) => ({ value, label: words.permission(value) }))} onChange={(value) => filter({ scope: (value ?? '') as typeof search.scope })} />
    </>
  );
}
