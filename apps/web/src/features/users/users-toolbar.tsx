import type { User, UsersQuery } from '@lyss/api-types';
import { systemRoles } from '@lyss/api-types/permission';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { RelativeTime } from '../../ui/figure/relative-time.tsx';
import { ColumnChooser } from '../../ui/list/column-chooser.tsx';
import type { ListColumn } from '../../ui/list/column.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { ListToolbar, RefreshButton, SearchField } from '../../ui/list/toolbar.tsx';
import { StaleNote } from '../../ui/states/banner.tsx';
import { useStale } from './use-stale.ts';
import type { UsersList } from './use-users-list.ts';
import { useZone } from './use-zone.ts';

const statuses = ['active', 'invited', 'disabled'] as const satisfies readonly NonNullable<UsersQuery['status']>[];

interface UsersToolbarProps {
  list: UsersList;
  columns: readonly ListColumn<User>[];
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}

export function UsersToolbar({ list, columns, hidden, onHide }: UsersToolbarProps) {
  const t = useTexts('users');
  const { search, query, filter, total } = list;
  const clear = t(($) => $.list.clear);
  // The options are the contract's own values, so what comes back is one of them.
  const chips = (
    <>
      <FilterChip label={t(($) => $.filter.status)} clearText={clear} value={search.status || null} options={statuses.map((value) => ({ value, label: t(($) => $.status[value]) }))} onChange={(value) => filter({ status: (value ?? '') as typeof search.status })} />
      <FilterChip label={t(($) => $.filter.role)} clearText={clear} value={search.role || null} options={systemRoles.map((value) => ({ value, label: t(($) => $.role[value]) }))} onChange={(value) => filter({ role: (value ?? '') as typeof search.role })} />
    </>
  );
  const tools = (
    <>
      <OldNote at={query.dataUpdatedAt} />
      <ColumnChooser columns={columns} hidden={hidden} onChange={onHide} label={t(($) => $.list.columns)} />
      <RefreshButton label={t(($) => $.list.refresh)} refreshing={query.isFetching} onRefresh={() => void query.refetch()} />
    </>
  );
  return (
    <ListToolbar
      search={<SearchField value={search.search} onSearch={(text) => filter({ search: text })} label={t(($) => $.search)} clearText={clear} />}
      filters={chips}
      count={total === undefined ? null : t(($) => $.total, { count: total })}
      tools={tools}
    />
  );
}

function OldNote({ at }: { at: number }) {
  const t = useTexts('users');
  const locale = useLanguage();
  const zone = useZone();
  if (!useStale(at)) return null;
  return <StaleNote>{t(($) => $.list.updated)} <RelativeTime at={new Date(at).toISOString()} locale={locale} zone={zone} /></StaleNote>;
}
