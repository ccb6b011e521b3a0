import type { Role } from '@lyss/api-types';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { roleList } from '../../../app/access/role-list.ts';
import { useAccessWords } from '../../../app/access/use-access-words.ts';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { ListFailure } from '../../../app/list/list-failure.tsx';
import { ListCard } from '../../../ui/list/list-card.tsx';
import { ListToolbar, RefreshButton, SearchField } from '../../../ui/list/toolbar.tsx';
import { useNarrow } from '../../../ui/list/use-narrow.ts';
import { SkeletonRows, Waiting } from '../../../ui/states/skeleton.tsx';
import { NothingFound } from '../../../ui/states/state.tsx';
import { MatrixGrid } from './matrix-grid.tsx';
import { narrowPermissions, shownPermissions } from './narrow-permissions.ts';
import { OneRole } from './one-role.tsx';
import { SaveBar } from './save-bar.tsx';
import type { RoleChanges } from './use-changes.ts';

interface MatrixCardProps {
  roles: readonly Role[] | undefined;
  search: string;
  onSearch: (text: string) => void;
  edits: RoleChanges;
  onOpen: (id: string) => void;
}

/** The matrix in each of its states; below it what is not saved. */
export function MatrixCard({ roles, search, onSearch, edits, onOpen }: MatrixCardProps) {
  const t = useTexts('roles');
  const frame = useTexts('app');
  const words = useAccessWords();
  const language = useLanguage();
  const narrow = useNarrow();
  const { error, isFetching, refetch } = useQuery(roleList());
  // The words are new each time, but the same for one language.
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- as above
  const found = useMemo(() => (search === '' ? shownPermissions : narrowPermissions(search, words)), [search, language]);
  if (error && roles === undefined) return <ListCard><ListFailure failure={error} texts={t(($) => $.list, { returnObjects: true })} retrying={isFetching} onRetry={() => void refetch()} /></ListCard>;
  const searchField = <SearchField value={search} onSearch={onSearch} label={t(($) => $.matrix.search)} clearText={frame(($) => $.list.clear)} />;
  const refresh = <RefreshButton label={frame(($) => $.list.refresh)} refreshing={isFetching} onRefresh={() => void refetch()} />;
  const Matrix = narrow ? OneRole : MatrixGrid;
  return (
    <ListCard toolbar={<ListToolbar search={searchField} count={t(($) => $.matrix.count, { count: found.length })} tools={refresh} />} footer={<SaveBar {...edits} />}>
      <Waiting waiting={roles === undefined} label={t(($) => $.list.loading)} skeleton={<SkeletonRows columns={narrow ? 2 : 5} />}>
        {found.length === 0 ? (
          <NothingFound title={t(($) => $.matrix.not_found)} hint={frame(($) => $.list.not_found_hint)} clearText={frame(($) => $.list.clear_all)} onClear={() => onSearch('')} />
        ) : (
          <Matrix roles={roles ?? []} permissions={found} edits={edits} onOpen={onOpen} />
        )}
      </Waiting>
    </ListCard>
  );
}
